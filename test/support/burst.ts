import { alertmanagerBody, type SentAlert } from './alertmanagerBody.js';

export interface Burst {
  /** The alerts (by name) that some request carried that was answered 2xx, with how many such requests there were. */
  readonly answered: ReadonlyMap<string, number>;
  /** Those of them whose end was answered 2xx too. */
  readonly resolved: ReadonlySet<string>;
  readonly statuses: ReadonlyMap<number, number>;
  /** No request after this one; resolves when those under way have ended, whichever way. */
  readonly stop: () => Promise<void>;
}

export interface BurstOptions {
  readonly url: string;
  readonly secret: string;
  /** Stands in the names, so that bursts do not mix. */
  readonly name: string;
  readonly services: readonly string[];
  readonly senders?: number;
  readonly alertsPerRequest?: number;
}

/**
 * Several senders that post without pause: each request holds new alerts, repeats of the one before and ends of earlier
 * ones. What is not answered is not sent again, so that only what was answered is owed.
 */
export function startBurst(options: BurstOptions): Burst {
  const { url, secret, name, services, senders = 4, alertsPerRequest = 10 } = options;
  const answered = new Map<string, number>();
  const resolved = new Set<string>();
  const statuses = new Map<number, number>();
  let isStopping = false;

  async function send(alerts: readonly SentAlert[]): Promise<void> {
    const response = await fetch(`${url}/webhooks/alertmanager/${secret}`, {
      method: 'POST',
      body: JSON.stringify(alertmanagerBody(...alerts)),
    });
    statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
    // An answer counts as soon as its status line is here.
    await response.text().catch(() => '');
    if (response.status !== 200) return;
    for (const { labels, endsAt } of alerts) {
      const sent = labels['alertname'] ?? '';
      if (endsAt === undefined) answered.set(sent, (answered.get(sent) ?? 0) + 1);
      else resolved.add(sent);
    }
  }

  async function run(sender: number): Promise<void> {
    const startsAt = new Date().toISOString();
    const alertOf = (n: number): SentAlert => ({
      labels: {
        alertname: `${name}-${sender}-${n}`,
        service: services[(sender + n) % services.length] ?? '',
        env: 'production',
      },
      startsAt,
    });
    for (let round = 0; !isStopping; round++) {
      const first = round * alertsPerRequest;
      const fresh = Array.from({ length: alertsPerRequest }, (_, n) => alertOf(first + n));
      const repeats = round === 0 ? [] : [alertOf(first - 1), alertOf(first - 2)];
      const ends = round < 2 ? [] : [{ ...alertOf(first - 2 * alertsPerRequest), endsAt: new Date().toISOString() }];
      // The process was killed: whether this one was stored is open, and both are right.
      await send([...fresh, ...repeats, ...ends]).catch(() => (isStopping = true));
    }
  }

  const running = Array.from({ length: senders }, (_, sender) => run(sender));
  return {
    answered,
    resolved,
    statuses,
    stop: async () => {
      isStopping = true;
      await Promise.all(running);
    },
  };
}
