import { attemptsOf, notificationsById } from '@tocsin/schema/postgres/notificationList';
import type { Pool } from '@tocsin/schema/postgres/pool';
import type { TestResultObject } from '@tocsin/schema/graphql/notification';

const pollMs = 150;
const patienceMs = 25_000;

/** What became of a message of the outbox, which takes the way that all take: waits for its end. */
export async function resultOf(pool: Pool, id: number): Promise<TestResultObject> {
  const giveUpAt = Date.now() + patienceMs;
  while (Date.now() < giveUpAt) {
    const [found] = await notificationsById(pool, [id]);
    if (found === undefined) break;
    if (found.state !== 'waiting' && found.state !== 'sending') {
      const last = (await attemptsOf(pool, [id])).at(-1);
      return { isSent: found.state === 'sent', status: last?.status ?? null, error: last?.error ?? found.reason };
    }
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
  return { isSent: false, status: null, error: 'It is not sent yet: look at the delivery log.' };
}
