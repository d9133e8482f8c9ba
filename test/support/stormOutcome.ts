import { factsOf } from '@tocsin/schema/domain/correlateFacts';
import type { CompiledRule, Explanation } from '@tocsin/schema/domain/correlation';
import { startOfLog, type LogEvent } from '@tocsin/schema/domain/event';
import { createReplay } from '@tocsin/schema/domain/replay';
import type { Topology } from '@tocsin/schema/domain/topology';
import { alertColumns, alertOfRow, type AlertRow, type StoredAlert } from '@tocsin/schema/postgres/alertRow';
import { loadIntegrations } from '@tocsin/schema/postgres/integration';
import { readLog } from '@tocsin/schema/postgres/log';
import type { Pool } from '@tocsin/schema/postgres/pool';

/** What one run left: its alerts, and what the log says of them. */
export interface Outcome {
  readonly alerts: readonly RunAlert[];
  readonly log: readonly LogEvent[];
}

export interface RunAlert extends StoredAlert {
  readonly explanation: Explanation | null;
  readonly pendingKey: string | null;
}

export async function outcomeOf(pool: Pool, run: string, log: readonly LogEvent[]): Promise<Outcome> {
  const { rows } = await pool.query<AlertRow & { why: Explanation | null; pending_key: string | null }>(
    `select ${alertColumns}, explanation as why, pending_key from alert where labels->>'run' = $1 order by id`,
    [run],
  );
  const alerts = rows.map((row) => ({ ...alertOfRow(row), explanation: row.why, pendingKey: row.pending_key }));
  const ids = new Set(alerts.map(({ id }) => id));
  return { alerts, log: log.filter(({ alertId }) => alertId !== null && ids.has(alertId)) };
}

/** The whole log, page by page, in the order in which its readers get it. */
export async function wholeLog(pool: Pool): Promise<readonly LogEvent[]> {
  const events: LogEvent[] = [];
  for (;;) {
    const page = await readLog(pool, events.at(-1)?.cursor ?? startOfLog, 1_000);
    if (page.length === 0) return events;
    events.push(...page);
  }
}

/** A name for an episode that is the same in every run. */
export function nameOf({ labels, startsAt, fingerprint }: RunAlert, base: number): string {
  return [
    labels['env'] ?? labels['deployment.environment'],
    labels['service'] ?? labels['service.name'],
    labels['alertname'],
    fingerprint.length,
    (startsAt - base) / 1_000,
  ].join(' ');
}

export function groupsIn(
  alerts: readonly RunAlert[],
  homeOf: (alert: RunAlert) => number | null,
  base: number,
): readonly string[] {
  const groups = new Map<number | null, string[]>();
  for (const alert of alerts) {
    const home = homeOf(alert);
    groups.set(home, [...(groups.get(home) ?? []), nameOf(alert, base)]);
  }
  return [...groups]
    .map(([home, names]) => `${home === null ? 'held' : 'together'}: ${names.toSorted().join(' | ')}`)
    .toSorted();
}

/** The same alerts, folded in memory in the order in which the log has them. Null for what rules hold back. */
export async function replayed(
  pool: Pool,
  { alerts, log }: Outcome,
  rules: readonly CompiledRule[],
  topology: Topology,
): Promise<(alert: RunAlert) => number | null> {
  const integrations = new Map((await loadIntegrations(pool, null)).map((each) => [each.id, each]));
  const stored = new Map(alerts.map((alert) => [alert.id, alert]));
  const homes = new Map<number, number>();
  const starts = new Map<number, number>();
  const replay = createReplay(rules, topology, (id, incident) => homes.set(id, incident));
  for (const event of log) {
    const alert = stored.get(event.alertId ?? 0);
    const integration = integrations.get(alert?.integrationId ?? 0);
    if (alert === undefined || integration === undefined) continue;
    const { id } = alert;
    const heard = { receivedAt: event.occurredAt };
    if (event.kind === 'alert.opened') {
      const { startsAt, severity } = event.data;
      starts.set(id, startsAt);
      replay.open(id, { ...factsOf(alert, integration, startsAt), severity }, heard);
    } else if (event.kind === 'alert.resolved') replay.end(id, event.data.endsAt, heard);
    // It ended unseen: the last that is known of it is its start.
    else if (event.kind === 'alert.superseded') replay.end(id, starts.get(id) ?? 0, heard);
  }
  return ({ id }) => {
    const home = homes.get(id);
    return home === undefined ? null : replay.incidentOf(home);
  };
}
