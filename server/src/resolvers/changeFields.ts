import type { ChangeEvent, IncidentChange } from '@tocsin/schema/domain/change';
import type { Incident } from '@tocsin/schema/domain/incident';
import { ChangeEventObject, IncidentChangeObject } from '@tocsin/schema/graphql/change';
import { labelList } from '@tocsin/schema/graphql/common';
import { IncidentObject } from '@tocsin/schema/graphql/incident';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { ApiContext } from '../context.js';

@Resolver(() => IncidentObject)
export class IncidentChangesResolver {
  @FieldResolver(() => [IncidentChangeObject], {
    description: 'Deploys and other changes around its start, the likeliest cause first; at most 20.',
  })
  changes(@Root() incident: Incident, @Ctx() { loaders }: ApiContext): Promise<readonly IncidentChange[]> {
    return loaders.changes.load(incident);
  }
}

@Resolver(() => ChangeEventObject)
export class ChangeEventFieldsResolver {
  @FieldResolver()
  details(@Root() change: ChangeEvent): readonly object[] {
    return labelList(change.details);
  }
}
