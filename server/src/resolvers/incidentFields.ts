import type { Incident } from '@tocsin/schema/domain/incident';
import { incidentReference, isOpenPhase } from '@tocsin/schema/domain/incident';
import { type LogCursor, startOfLog } from '@tocsin/schema/domain/event';
import type { StoredAlert } from '@tocsin/schema/postgres/alertRow';
import { AlertConnectionObject } from '@tocsin/schema/graphql/alert';
import { countLimit } from '@tocsin/schema/graphql/common';
import { IncidentObject } from '@tocsin/schema/graphql/incident';
import { Cursor } from '@tocsin/schema/graphql/scalars';
import { TimelineConnectionObject } from '@tocsin/schema/graphql/timeline';
import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { ApiContext } from '../context.js';
import { logCursorOf, timelineEdge } from './logCursor.js';
import { pageSize } from './input.js';
import { connection, decodeIdCursor, encodeIdCursor } from './listCursor.js';

const alertsOfIncident = 'incident.alerts';

/** Whole seconds between two times, or null where there is no end yet. */
function secondsUntil(end: number | null, start: number): number | null {
  return end === null ? null : Math.max(0, Math.round((end - start) / 1_000));
}

@Resolver(() => IncidentObject)
export class IncidentFieldsResolver {
  @FieldResolver()
  number(@Root() incident: Incident): number {
    return incident.id;
  }

  @FieldResolver()
  reference(@Root() incident: Incident): string {
    return incidentReference(incident.id);
  }

  @FieldResolver()
  isOpen(@Root() incident: Incident): boolean {
    return isOpenPhase(incident.phase);
  }

  @FieldResolver()
  timeToAcknowledgeSeconds(@Root() incident: Incident): number | null {
    return secondsUntil(incident.acknowledgedAt, incident.openedAt);
  }

  @FieldResolver()
  timeToFirstResolveSeconds(@Root() incident: Incident): number | null {
    return secondsUntil(incident.firstResolvedAt, incident.openedAt);
  }

  @FieldResolver()
  timeToResolveSeconds(@Root() incident: Incident): number | null {
    return secondsUntil(incident.resolvedAt, incident.openedAt);
  }

  @FieldResolver()
  async alertCount(@Root() incident: Incident, @Ctx() { loaders }: ApiContext): Promise<number> {
    return (await loaders.alertCounts.load(incident.id)).alerts;
  }

  @FieldResolver()
  async firingAlertCount(@Root() incident: Incident, @Ctx() { loaders }: ApiContext): Promise<number> {
    return (await loaders.alertCounts.load(incident.id)).firing;
  }

  @FieldResolver()
  sharedLabels(@Root() incident: Incident, @Ctx() { loaders }: ApiContext): Promise<readonly object[]> {
    return loaders.sharedLabels.load(incident.id);
  }

  @FieldResolver()
  async autoResolvesAt(@Root() incident: Incident, @Ctx() { loaders }: ApiContext): Promise<number | null> {
    return isOpenPhase(incident.phase) ? loaders.autoResolvesAt.load(incident.id) : null;
  }

  @FieldResolver()
  isFlapping(@Root() incident: Incident, @Ctx() { loaders }: ApiContext): Promise<boolean> {
    return loaders.isFlapping.load(incident.id);
  }

  @FieldResolver()
  async mergedInto(@Root() incident: Incident, @Ctx() { loaders }: ApiContext): Promise<Incident | null> {
    return incident.mergedInto === null ? null : loaders.incident.load(incident.mergedInto);
  }

  @FieldResolver()
  mergedFrom(@Root() incident: Incident, @Ctx() { loaders }: ApiContext): Promise<readonly Incident[]> {
    return loaders.mergedFrom.load(incident.id);
  }

  @FieldResolver(() => AlertConnectionObject)
  async alerts(
    @Root() incident: Incident,
    @Arg('first', () => Int, { nullable: true, defaultValue: 50 }) first: number | null,
    @Arg('after', () => Cursor, { nullable: true }) after: string | null | undefined,
    @Ctx() { loaders }: ApiContext,
  ): Promise<object> {
    const size = pageSize(first, 50);
    const beforeId = decodeIdCursor(alertsOfIncident, after);
    const [rows, counts] = await Promise.all([
      loaders.alertPage.load({ incidentId: incident.id, first: size, beforeId }),
      loaders.alertCounts.load(incident.id),
    ]);
    const edges = rows
      .slice(0, size)
      .map((node: StoredAlert) => ({ node, cursor: encodeIdCursor(alertsOfIncident, node.id) }));
    const totalCount = { value: Math.min(counts.alerts, countLimit), isExact: counts.alerts <= countLimit };
    return { ...connection(edges, rows.length > size), totalCount };
  }

  @FieldResolver(() => TimelineConnectionObject)
  async timeline(
    @Root() incident: Incident,
    @Arg('first', () => Int, { nullable: true, defaultValue: 200 }) first: number | null,
    @Arg('after', () => Cursor, { nullable: true }) after: string | null | undefined,
    @Ctx() { loaders }: ApiContext,
  ): Promise<object> {
    const size = pageSize(first, 200);
    const start: LogCursor = after == null ? startOfLog : logCursorOf(after);
    const events = await loaders.timelinePage.load({ incidentId: incident.id, first: size, after: start });
    return connection(events.slice(0, size).map(timelineEdge), events.length > size);
  }
}
