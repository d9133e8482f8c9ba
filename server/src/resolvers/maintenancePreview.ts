import { factsOf } from '@tocsin/schema/domain/correlateFacts';
import { DomainFailure } from '@tocsin/schema/domain/errors';
import type { MaintenanceDefinition, Occurrence } from '@tocsin/schema/domain/maintenance';
import { refusalOfDefinition } from '@tocsin/schema/domain/maintenanceCheck';
import { scheduleOf } from '@tocsin/schema/domain/maintenanceSchedule';
import { compileMatch } from '@tocsin/schema/domain/maintenanceSuppressor';
import type { StoredAlert } from '@tocsin/schema/postgres/alertRow';
import { loadIntegrations } from '@tocsin/schema/postgres/integration';
import {
  type FiringCursor,
  firingAlertPage,
  type RecentCursor,
  recentAlertPage,
} from '@tocsin/schema/postgres/maintenanceAlerts';
import type { Pool } from '@tocsin/schema/postgres/pool';

export interface MaintenancePreview {
  readonly firingCount: number;
  readonly recentCount: number;
  /** False where there were more alerts than were looked at. */
  readonly isExact: boolean;
  readonly alerts: readonly StoredAlert[];
  readonly occurrences: readonly Occurrence[];
}

/** Alerts that are looked at, firing ones and recent ones each: a storm of them takes about a second. */
const mostAlerts = 20_000;
const pageSize = 1_000;
const mostShown = 20;
const mostOccurrences = 5;
const day = 86_400_000;

/** @throws DomainFailure INVALID_INPUT, EXPRESSION_INVALID */
export async function previewOf(
  pool: Pool,
  definition: MaintenanceDefinition,
  now: number,
): Promise<MaintenancePreview> {
  const refusal = refusalOfDefinition(definition, now);
  if (refusal !== null) throw new DomainFailure(refusal);
  const isMeant = await predicateOf(pool, definition.match);
  // One after the other: a preview takes one connection of the pool, however large the storm.
  const firing = await matching(firingPages(pool), isMeant);
  const recent = await matching(recentPages(pool, now - day), isMeant);
  const schedule = scheduleOf(definition);
  const active = schedule.activeAt(now);
  const shown = new Map([...firing.first, ...recent.first].map((alert) => [alert.id, alert]));
  return {
    firingCount: firing.count,
    recentCount: recent.count,
    isExact: firing.isExact && recent.isExact,
    alerts: [...shown.values()].slice(0, mostShown),
    occurrences: [...(active === null ? [] : [active]), ...schedule.next(now, mostOccurrences)].slice(
      0,
      mostOccurrences,
    ),
  };
}

async function predicateOf(pool: Pool, match: string): Promise<(alert: StoredAlert) => boolean> {
  const matcher = compileMatch(match);
  if (!matcher.isValid) throw new DomainFailure({ code: 'EXPRESSION_INVALID', field: 'match', ...matcher.error });
  const integrations = new Map((await loadIntegrations(pool, null)).map((each) => [each.id, each]));
  return (alert) => {
    const integration = integrations.get(alert.integrationId);
    return integration !== undefined && matcher.matches(factsOf(alert, integration, alert.startsAt));
  };
}

interface Matching {
  readonly count: number;
  readonly isExact: boolean;
  readonly first: readonly StoredAlert[];
}

async function matching(
  pages: AsyncIterable<readonly StoredAlert[]>,
  isMeant: (alert: StoredAlert) => boolean,
): Promise<Matching> {
  let looked = 0;
  let count = 0;
  const first: StoredAlert[] = [];
  for await (const page of pages) {
    // One more page than fits: whether there is one is the answer to "is that all?".
    if (looked >= mostAlerts) return { count, isExact: false, first };
    looked += page.length;
    for (const alert of page) {
      if (!isMeant(alert)) continue;
      count++;
      if (first.length < mostShown) first.push(alert);
    }
  }
  return { count, isExact: true, first };
}

async function* firingPages(pool: Pool): AsyncGenerator<readonly StoredAlert[]> {
  let after: FiringCursor | null = null;
  for (;;) {
    const page: readonly StoredAlert[] = await firingAlertPage(pool, after, pageSize);
    const last = page.at(-1);
    if (last === undefined) return;
    yield page;
    after = { integrationId: last.integrationId, fingerprint: last.fingerprint };
  }
}

async function* recentPages(pool: Pool, since: number): AsyncGenerator<readonly StoredAlert[]> {
  let after: RecentCursor | null = null;
  for (;;) {
    const page: Awaited<ReturnType<typeof recentAlertPage>> = await recentAlertPage(pool, since, after, pageSize);
    if (page.last === null) return;
    yield page.alerts;
    after = page.last;
  }
}
