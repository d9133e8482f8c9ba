import type { NormalisedAlert } from '@tocsin/schema/domain/alert';
import { silenceFingerprint, type Integration } from '@tocsin/schema/domain/source';
import { heartbeats, type Heartbeat } from '@tocsin/schema/postgres/heartbeat';
import { loadIntegrations } from '@tocsin/schema/postgres/integration';
import { addTimers, completeTimer, type NewTimer } from '@tocsin/schema/postgres/timer';
import { inTransaction } from '@tocsin/schema/postgres/transaction';
import { normalise } from '@tocsin/schema/domain/normalise';
import { ownDelivery, ownPrefix } from '../ownDelivery.js';
import type { Job } from '@tocsin/schema/runtime/timerWorker';
import type { SubmitDeps } from './submit.js';

/** Half of the shortest heartbeat: silence is found that late at most. */
const intervalMs = 30_000;
/** An alert about silence is confirmed this often, so that it does not go stale itself. */
const confirmMs = 5 * 60_000;

export function nextHeartbeatCheck(now: number): NewTimer {
  return { kind: 'integration.heartbeat', key: 'all', dueAt: now + intervalMs };
}

/** A sender that should be heard from and is not is an alert of its own, until it is heard again. */
export function heartbeatJob({ pool, submit, now }: SubmitDeps): Job {
  return async (timer) => {
    for (const heartbeat of await heartbeats(pool, ownPrefix)) {
      const [integration] = await loadIntegrations(pool, [heartbeat.integrationId]);
      const alert = integration === undefined ? null : silenceAlert(heartbeat, integration, now());
      if (integration && alert) await submit(ownDelivery(integration, [alert], now(), 'heartbeat'));
    }
    await inTransaction(pool, async (db) => {
      if (await completeTimer(db, timer)) await addTimers(db, [nextHeartbeatCheck(now())]);
    });
  };
}

/** What there is to say about the silence of a sender; null: nothing new. */
export function silenceAlert(
  { seconds, since, heardAt, toldAt }: Heartbeat,
  integration: Integration,
  now: number,
): NormalisedAlert | null {
  const lastSign = Math.max(heardAt ?? 0, since);
  const silentSince = seconds === null ? Infinity : lastSign + seconds * 1_000;
  const isSilent = now > silentSince;
  if (isSilent ? toldAt !== null && now - toldAt < confirmMs : toldAt === null) return null;
  const heard = heardAt === null ? 'It was never heard.' : `It was last heard at ${new Date(heardAt).toISOString()}.`;
  return normalise(
    {
      // Begins when the heartbeat was due, not at the last one: it must lie after the end of an earlier silence.
      status: isSilent ? 'firing' : 'resolved',
      startsAt: isSilent ? silentSince : null,
      endsAt: isSilent ? null : seconds === null ? now : lastSign,
      labels: { alertname: 'IntegrationSilent', integration: integration.name },
      annotations: {},
      fingerprint: silenceFingerprint,
      title: `Integration ${integration.name} is silent`,
      description: `${heard} A request is expected every ${seconds ?? 0} s; its alerts cannot be trusted meanwhile.`,
      severity: 'high',
    },
    integration,
    now,
  );
}
