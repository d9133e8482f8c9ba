import type { Incident } from '@tocsin/schema/domain/incident';
import { probableOrigin } from '@tocsin/schema/domain/topologyOrigin';
import { AlertObject } from '@tocsin/schema/graphql/alert';
import { IncidentObject } from '@tocsin/schema/graphql/incident';
import { SuppressionObject } from '@tocsin/schema/graphql/maintenance';
import type { StoredAlert } from '@tocsin/schema/postgres/alertRow';
import type { StoredSuppression } from '@tocsin/schema/postgres/maintenanceAlerts';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { ApiContext } from '../context.js';

@Resolver(() => AlertObject)
export class AlertSuppressionResolver {
  @FieldResolver(() => SuppressionObject, {
    nullable: true,
    description: 'Set while a maintenance window or a silence keeps it quiet.',
  })
  suppression(@Root() alert: StoredAlert, @Ctx() { loaders }: ApiContext): Promise<StoredSuppression | null> {
    return loaders.suppression.load(alert.id);
  }
}

@Resolver(() => IncidentObject)
export class IncidentOriginResolver {
  @FieldResolver(() => String, {
    nullable: true,
    description:
      'Of its services the one furthest down the dependency direction: the likeliest to have failed first. Null where the catalogue says nothing of them.',
  })
  async probableOrigin(@Root() { services }: Incident, @Ctx() { loaders }: ApiContext): Promise<string | null> {
    if (services.length < 2) return null;
    const topology = await loaders.topology();
    const known = services.filter((service) => topology.get(service) !== null);
    return known.length < 2 ? null : probableOrigin(known, topology);
  }
}
