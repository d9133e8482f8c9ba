import { executeCommand } from '@tocsin/schema/postgres/incidentCommands';
import { bundleInto } from '@tocsin/schema/postgres/notificationPlace';
import { addNotifications } from '@tocsin/schema/postgres/notificationWrite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createNotifyHarness,
  insertChannel,
  insertIncident,
  type NotifyHarness,
  notificationsOf,
  startWebServer,
  type TestWebServer,
} from '../support/notifyHarness.js';
import { respondOn } from '../support/onCall.js';
import { createTestPerson } from '../support/people.js';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';

describe('channels and what is restricted', () => {
  let database: TestDatabase;
  let web: TestWebServer;
  let harness: NotifyHarness;
  beforeAll(async () => {
    database = await createTestDatabase();
    web = await startWebServer();
    harness = createNotifyHarness(database, null);
    await createTestPerson(database.pool, { handle: 'ada', teams: { payments: 'responder', search: 'responder' } });
  });
  afterAll(async () => {
    await web.stop();
    await database.drop();
  });

  const channel = async (team: string | null) => {
    const id = await insertChannel(database, harness.sealer, 'webhook', { url: `${web.url}/room` }, null);
    await database.pool.query(
      `with told as (insert into channel_subscription (channel_id, ordinal, on_kinds) values ($1, 0, '{incident.acknowledged}'))
       update notification_channel set team_id = (select id from team where name_key = $2) where id = $1`,
      [id, team],
    );
    return id;
  };
  const restrict = (id: number) =>
    database.pool.query(`update incident set is_restricted = true, team = 'Payments' where id = $1`, [id]);

  it('a channel hears only of its own team’s, or where a policy that called names it', async () => {
    const [own, other, nobodys, named] = [
      await channel('payments'),
      await channel('search'),
      await channel(null),
      await channel(null),
    ];
    const [hidden, open] = [await insertIncident(database, 'Payroll'), await insertIncident(database, 'Slow')];
    await restrict(hidden);
    await database.pool.query(
      `insert into escalation (incident_id, policy, state, reason, started_by, started_at, ended_at)
       values ($1, $2, 'stopped', 'opened', 'tocsin', now(), now())`,
      [
        hidden,
        JSON.stringify({
          steps: [
            {
              targets: [
                { kind: 'person', id: nobodys },
                { kind: 'channel', id: named },
              ],
            },
          ],
        }),
      ],
    );
    for (const id of [hidden, open]) {
      const actor = { kind: 'person', name: 'ada' } as const;
      await executeCommand(database.pool, id, { type: 'acknowledge' }, actor, Date.now(), null);
    }
    const respond = respondOn(database.url, () => Date.now());
    await respond.drain();
    await respond.stop();
    const heard = async (id: number) =>
      (
        await database.pool.query<{ channel_id: number }>(
          'select channel_id from notification where incident_id = $1 and channel_id is not null order by channel_id',
          [id],
        )
      ).rows.map((row) => row.channel_id);
    expect(await heard(hidden)).toEqual([own, named]);
    expect(await heard(open)).toEqual([own, other, nobodys, named]);
  });

  it('what becomes restricted before it is sent is not, neither by itself nor along with others', async () => {
    const channelId = await channel('search');
    const add = async (prefix: string, count: number) => {
      const ids: number[] = [];
      for (let n = 0; n < count; n++) {
        const incidentId = await insertIncident(database, `${prefix} ${n}`);
        const ask = { topic: 'update', to: { kind: 'channel', channelId }, incidentId, pageId: null } as const;
        const content = {
          severity: 'high',
          template: 'incident.update',
          values: { sentence: `${prefix} it, ${n}.` },
        } as const;
        await addNotifications(database.pool, [{ ...ask, ...content, key: `${prefix}/${n}` }], harness.now());
        ids.push(incidentId);
      }
      return ids;
    };
    web.requests.length = 0;
    const [alone = 0] = await add('alone', 1);
    await restrict(alone);
    await harness.runDue();
    expect(web.requests).toEqual([]);
    expect(await notificationsOf(database, 'alone')).toMatchObject([
      { state: 'cancelled', reason: expect.stringContaining('restricted') as unknown, attempts: [] },
    ]);

    const [, along = 0] = await add('storm', 2);
    const [lead, second] = await notificationsOf(database, 'storm');
    await bundleInto(database.pool, lead?.id ?? 0, [second?.id ?? 0]);
    await restrict(along);
    await harness.runDue();
    expect(web.requests).toHaveLength(1);
    expect(web.requests[0]?.body).toContain('storm 0');
    expect(web.requests[0]?.body).not.toMatch(/storm 1|storm it, 1|more:/);
    const states = (await notificationsOf(database, 'storm')).map(({ state }) => state);
    expect(states).toEqual(['sent', 'cancelled']);
  });
});
