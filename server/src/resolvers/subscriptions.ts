import type { Incident } from '@tocsin/schema/domain/incident';
import type { KpiMetric } from '@tocsin/schema/domain/kpi';
import { KpiMetricEnum } from '@tocsin/schema/graphql/enums';
import { AlertFilterInput, IncidentFilterInput, KpiQueryInput } from '@tocsin/schema/graphql/filters';
import { KpiTickObject } from '@tocsin/schema/graphql/kpi';
import { AlertEventEdgeObject, DeliveryEventObject, IncidentEventEdgeObject } from '@tocsin/schema/graphql/live';
import { Cursor } from '@tocsin/schema/graphql/scalars';
import { TimelineEdgeObject } from '@tocsin/schema/graphql/timeline';
import type { StoredAlert } from '@tocsin/schema/postgres/alertRow';
import { Arg, Ctx, FieldResolver, ID, Resolver, Root, Subscription } from 'type-graphql';
import type { ApiContext } from '../context.js';
import type { LiveItem } from '../live/batch.js';
import { splitDeliveries } from '../live/deliveries.js';
import { followLog } from '../live/follow.js';
import type { KpiTick } from '../live/kpiTicker.js';
import { visibleOnly } from '../live/visible.js';
import { selectAlerts, selectIncident, selectIncidents } from '../live/select.js';
import { alertFilterOf, incidentFilterOf } from './filters.js';
import { requiredId } from './input.js';
import { kpiQueryOf } from './kpiQueries.js';
import { logCursorOf } from './logCursor.js';

interface Subscribed<Args> {
  readonly args: Args;
  readonly context: ApiContext;
}

/** graphql-js has validated the arguments against the schema; these are their shapes. */
type WithAfter<Args> = Args & { readonly after?: string | null };

function source({ services: { pool, feed }, cutOff }: ApiContext, { after }: { readonly after?: string | null }) {
  return { pool, feed, after: after == null ? null : logCursorOf(after), onTooSlow: () => cutOff?.() };
}

@Resolver()
export class SubscriptionsResolver {
  @Subscription(() => IncidentEventEdgeObject, {
    description: 'Every change to incidents that match, from `after` (exclusive) on. Without `after`: from now.',
    subscribe: ({ args, context }: Subscribed<WithAfter<{ filter?: IncidentFilterInput | null }>>) =>
      followLog({
        ...source(context, args),
        select: visibleOnly(context.viewer, selectIncidents(incidentFilterOf(args.filter))),
      }),
  })
  incidentEvents(
    @Root() item: LiveItem,
    @Arg('filter', () => IncidentFilterInput, { nullable: true }) _filter: IncidentFilterInput | null,
    @Arg('after', () => Cursor, { nullable: true }) _after: string | null,
  ): LiveItem {
    return item;
  }

  @Subscription(() => TimelineEdgeObject, {
    description: "One incident's timeline: what was missed since `after`, then live.",
    subscribe: ({ args, context }: Subscribed<WithAfter<{ incidentId: string }>>) => {
      const incidentId = requiredId('incident', args.incidentId);
      return followLog({
        ...source(context, args),
        incidentId,
        select: visibleOnly(context.viewer, selectIncident(incidentId)),
      });
    },
  })
  incidentTimeline(
    @Root() item: LiveItem,
    @Arg('incidentId', () => ID) _incidentId: string,
    @Arg('after', () => Cursor, { nullable: true }) _after: string | null,
  ): LiveItem {
    return item;
  }

  @Subscription(() => AlertEventEdgeObject, {
    subscribe: ({ args, context }: Subscribed<WithAfter<{ filter?: AlertFilterInput | null }>>) =>
      followLog({
        ...source(context, args),
        select: visibleOnly(context.viewer, selectAlerts(context.services.pool, alertFilterOf(args.filter))),
      }),
  })
  alertEvents(
    @Root() item: LiveItem,
    @Arg('filter', () => AlertFilterInput, { nullable: true }) _filter: AlertFilterInput | null,
    @Arg('after', () => Cursor, { nullable: true }) _after: string | null,
  ): LiveItem {
    return item;
  }

  @Subscription(() => DeliveryEventObject, {
    description:
      'What integrations received; dead letters are the outcome `deadLettered`, deploys and the like `changes`.',
    subscribe: ({ args, context }: Subscribed<WithAfter<{ integrationId?: string | null }>>) => {
      const id = args.integrationId == null ? null : requiredId('integration', args.integrationId);
      return followLog({ ...source(context, args), select: splitDeliveries(id) });
    },
  })
  deliveryEvents(
    @Root() delivery: DeliveryEventObject,
    @Arg('integrationId', () => ID, { nullable: true }) _integrationId: string | null,
    @Arg('after', () => Cursor, { nullable: true }) _after: string | null,
  ): DeliveryEventObject {
    return delivery;
  }

  @Subscription(() => KpiTickObject, {
    description: 'Recomputed when inputs changed, at most once a second.',
    subscribe: ({ args, context }: Subscribed<{ query: KpiQueryInput; metrics: readonly KpiMetric[] }>) =>
      context.services.kpiTickers.follow(kpiQueryOf(args.query), args.metrics),
  })
  kpiTicks(
    @Root() tick: KpiTick,
    @Arg('query', () => KpiQueryInput) _query: KpiQueryInput,
    @Arg('metrics', () => [KpiMetricEnum]) _metrics: readonly KpiMetric[],
  ): KpiTick {
    return tick;
  }
}

@Resolver(() => IncidentEventEdgeObject)
export class IncidentEventEdgeResolver {
  @FieldResolver()
  async incident(@Root() { event }: LiveItem, @Ctx() { loaders }: ApiContext): Promise<Incident | null> {
    return event.incidentId === null ? null : loaders.incident.load(event.incidentId);
  }
}

@Resolver(() => AlertEventEdgeObject)
export class AlertEventEdgeResolver {
  @FieldResolver()
  async alert(@Root() { event }: LiveItem, @Ctx() { loaders }: ApiContext): Promise<StoredAlert | null> {
    return event.alertId === null ? null : loaders.alert.load(event.alertId);
  }
}
