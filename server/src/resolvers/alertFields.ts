import type { Incident } from '@tocsin/schema/domain/incident';
import type { Integration } from '@tocsin/schema/domain/source';
import type { StoredAlert } from '@tocsin/schema/postgres/alertRow';
import { AlertObject } from '@tocsin/schema/graphql/alert';
import { labelList } from '@tocsin/schema/graphql/common';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { ApiContext } from '../context.js';

@Resolver(() => AlertObject)
export class AlertFieldsResolver {
  @FieldResolver()
  labels(@Root() alert: StoredAlert): readonly object[] {
    return labelList(alert.labels);
  }

  @FieldResolver()
  annotations(@Root() alert: StoredAlert): readonly object[] {
    return labelList(alert.annotations);
  }

  @FieldResolver()
  senderAlerts(@Root() { parts, fingerprint, startsAt, endsAt }: StoredAlert): readonly object[] {
    return parts ?? [{ fingerprint, startsAt, endsAt }];
  }

  @FieldResolver()
  integration(@Root() alert: StoredAlert, @Ctx() { loaders }: ApiContext): Promise<Integration | null> {
    return loaders.integration.load(alert.integrationId);
  }

  @FieldResolver()
  async incident(@Root() alert: StoredAlert, @Ctx() { loaders }: ApiContext): Promise<Incident | null> {
    return alert.incidentId === null ? null : loaders.incident.load(alert.incidentId);
  }
}
