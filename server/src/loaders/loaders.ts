import type { LogCursor, LogEvent } from '@tocsin/schema/domain/event';
import { encodeCursor } from '@tocsin/schema/domain/event';
import { flappingWindowMs } from '@tocsin/schema/domain/flapping';
import type { Incident } from '@tocsin/schema/domain/incident';
import type { Integration } from '@tocsin/schema/domain/source';
import { alertsById } from '@tocsin/schema/postgres/alertList';
import type { StoredAlert } from '@tocsin/schema/postgres/alertRow';
import { deliveriesOf, type Delivery, outcomesOf } from '@tocsin/schema/postgres/deliveryList';
import { flappingIncidents } from '@tocsin/schema/postgres/flapping';
import { incidentsById } from '@tocsin/schema/postgres/incidentList';
import {
  type AlertCounts,
  alertCountsOf,
  alertPagesOf,
  autoResolveTimesOf,
  mergedIdsOf,
  type SharedLabel,
  sharedLabelsOf,
} from '@tocsin/schema/postgres/incidentListLoads';
import { loadIntegrations } from '@tocsin/schema/postgres/integration';
import { secretsOf, type SecretSummary } from '@tocsin/schema/postgres/integrationSecret';
import type { Pool } from '@tocsin/schema/postgres/pool';
import { type RecentBody, recentBodiesOf } from '@tocsin/schema/postgres/recentBody';
import { timelinePagesOf } from '@tocsin/schema/postgres/timeline';
import DataLoader from 'dataloader';
import { createEscalationLoaders, type EscalationLoaders } from './escalationLoaders.js';
import { createIdentityLoaders, type IdentityLoaders } from './identityLoaders.js';
import { createServiceLoaders, type ServiceLoaders } from './serviceLoaders.js';
import { createNotifyLoaders, type NotifyLoaders } from './notifyLoaders.js';
import { createReviewLoaders, type ReviewLoaders } from './reviewLoaders.js';
import { createTypesLoaders, type TypesLoaders } from './typesLoaders.js';
import { createWorkLoaders, type WorkLoaders } from './workLoaders.js';
import { createTeamsLoaders, type TeamsLoaders } from './teamsLoaders.js';
import { createSourceLoaders, type SourceLoaders } from './sourceLoaders.js';

/** Where a page of one incident's alerts starts: below this alert, null for the newest. */
interface AlertPageKey {
  readonly incidentId: number;
  readonly first: number;
  readonly beforeId: number | null;
}

interface TimelinePageKey {
  readonly incidentId: number;
  readonly first: number;
  readonly after: LogCursor;
}

interface DeliveriesKey {
  readonly integrationId: number;
  readonly first: number;
}

/** One set per request, or per batch of live events: rows are read once and never older than the request. */
export interface Loaders
  extends
    EscalationLoaders,
    WorkLoaders,
    ServiceLoaders,
    SourceLoaders,
    TypesLoaders,
    ReviewLoaders,
    NotifyLoaders,
    TeamsLoaders,
    IdentityLoaders {
  readonly incident: DataLoader<number, Incident | null>;
  readonly alert: DataLoader<number, StoredAlert | null>;
  readonly integration: DataLoader<number, Integration | null>;
  readonly alertCounts: DataLoader<number, AlertCounts>;
  readonly sharedLabels: DataLoader<number, readonly SharedLabel[]>;
  readonly autoResolvesAt: DataLoader<number, number | null>;
  readonly isFlapping: DataLoader<number, boolean>;
  readonly mergedFrom: DataLoader<number, readonly Incident[]>;
  /** One more than `first` where there are more. */
  readonly alertPage: DataLoader<AlertPageKey, readonly StoredAlert[], string>;
  readonly timelinePage: DataLoader<TimelinePageKey, readonly LogEvent[], string>;
  readonly recentBodies: DataLoader<number, readonly RecentBody[]>;
  readonly secrets: DataLoader<number, readonly SecretSummary[]>;
  readonly deliveries: DataLoader<DeliveriesKey, readonly Delivery[], string>;
  readonly outcomes: DataLoader<number, readonly { readonly outcome: string; readonly count: number }[]>;
}

export function createLoaders(pool: Pool): Loaders {
  const incident = byId((ids) => incidentsById(pool, ids));
  return {
    incident,
    alert: byId((ids) => alertsById(pool, ids)),
    integration: byId((ids) => loadIntegrations(pool, ids)),
    alertCounts: new DataLoader(async (ids) => {
      const counts = new Map((await alertCountsOf(pool, ids)).map((each) => [each.incidentId, each]));
      return ids.map((id) => counts.get(id) ?? { incidentId: id, alerts: 0, firing: 0 });
    }),
    sharedLabels: grouped(
      (ids) => sharedLabelsOf(pool, ids),
      (label) => label.incidentId,
    ),
    autoResolvesAt: new DataLoader(async (ids) => {
      const times = await autoResolveTimesOf(pool, ids);
      return ids.map((id) => times.get(id) ?? null);
    }),
    isFlapping: new DataLoader(async (ids) => {
      const flapping = await flappingIncidents(pool, ids, Date.now() - flappingWindowMs);
      return ids.map((id) => flapping.has(id));
    }),
    mergedFrom: new DataLoader(async (ids) => {
      const merged = await mergedIdsOf(pool, ids);
      const found = await incident.loadMany(merged.map(({ id }) => id));
      const known = new Map(found.filter(isIncident).map((each) => [each.id, each]));
      return ids.map((into) => merged.filter((each) => each.into === into).flatMap(({ id }) => known.get(id) ?? []));
    }),
    ...pageLoaders(pool),
    ...createServiceLoaders(pool),
    ...createSourceLoaders(pool),
    ...createIdentityLoaders(pool),
    ...createTeamsLoaders(pool),
    ...createEscalationLoaders(pool),
    ...createWorkLoaders(pool),
    ...createTypesLoaders(pool),
    ...createReviewLoaders(pool),
    ...createNotifyLoaders(pool),
    recentBodies: grouped(
      (ids) => recentBodiesOf(pool, ids),
      (body) => body.integrationId,
    ),
    secrets: grouped(
      (ids) => secretsOf(pool, ids),
      (secret) => secret.integrationId,
    ),
    outcomes: grouped(
      (ids) => outcomesOf(pool, ids),
      (outcome) => outcome.integrationId,
    ),
  };
}

function pageLoaders(pool: Pool): Pick<Loaders, 'alertPage' | 'timelinePage' | 'deliveries'> {
  return {
    alertPage: paged(
      ({ first, beforeId }) => `${first}:${beforeId}`,
      ({ incidentId }) => incidentId,
      (ids, { first, beforeId }) => alertPagesOf(pool, ids, first, beforeId),
      (alert) => alert.incidentId,
    ),
    timelinePage: paged(
      ({ first, after }) => `${first}:${encodeCursor(after)}`,
      ({ incidentId }) => incidentId,
      (ids, { first, after }) => timelinePagesOf(pool, ids, first, after),
      (event) => event.incidentId,
    ),
    deliveries: paged(
      ({ first }) => String(first),
      ({ integrationId }) => integrationId,
      (ids, { first }) => deliveriesOf(pool, ids, first),
      (delivery) => delivery.integrationId,
    ),
  };
}

function isIncident(value: Incident | Error | null): value is Incident {
  return value !== null && !(value instanceof Error);
}

function byId<Row extends { readonly id: number }>(
  load: (ids: readonly number[]) => Promise<readonly Row[]>,
): DataLoader<number, Row | null> {
  return new DataLoader(async (ids) => {
    const rows = new Map((await load(ids)).map((row) => [row.id, row]));
    return ids.map((id) => rows.get(id) ?? null);
  });
}

function grouped<Row>(
  load: (ids: readonly number[]) => Promise<readonly Row[]>,
  ownerOf: (row: Row) => number,
): DataLoader<number, readonly Row[]> {
  return new DataLoader(async (ids) => {
    const rows = groupRows(await load(ids), ownerOf);
    return ids.map((id) => rows.get(id) ?? []);
  });
}

/** Keys of one page shape (same `first`, same start) are one statement; a list asks the same of all its rows. */
function paged<Key, Row>(
  shapeOf: (key: Key) => string,
  ownerOfKey: (key: Key) => number,
  load: (ids: readonly number[], shape: Key) => Promise<readonly Row[]>,
  ownerOf: (row: Row) => number | null,
): DataLoader<Key, readonly Row[], string> {
  return new DataLoader<Key, readonly Row[], string>(
    async (keys) => {
      const pages = new Map<string, Map<number | null, Row[]>>();
      await Promise.all(
        [...groupRows(keys, shapeOf)].map(async ([shape, members]) => {
          const [sample] = members;
          if (sample !== undefined) pages.set(shape, groupRows(await load(members.map(ownerOfKey), sample), ownerOf));
        }),
      );
      return keys.map((key) => pages.get(shapeOf(key))?.get(ownerOfKey(key)) ?? []);
    },
    { cacheKeyFn: (key) => `${ownerOfKey(key)}:${shapeOf(key)}` },
  );
}

function groupRows<Row, Owner>(rows: readonly Row[], ownerOf: (row: Row) => Owner): Map<Owner, Row[]> {
  const groups = new Map<Owner, Row[]>();
  for (const row of rows) {
    const group = groups.get(ownerOf(row));
    if (group) group.push(row);
    else groups.set(ownerOf(row), [row]);
  }
  return groups;
}
