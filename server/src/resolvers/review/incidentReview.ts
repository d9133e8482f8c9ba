import type { ActionItem } from '@tocsin/schema/domain/actionItem';
import { reaches } from '@tocsin/schema/domain/closing';
import type { Incident } from '@tocsin/schema/domain/incident';
import type { Review } from '@tocsin/schema/domain/review';
import { IncidentObject } from '@tocsin/schema/graphql/incident';
import { ActionItemObject, CsatObject, ReviewObject, SimilarIncidentObject } from '@tocsin/schema/graphql/review';
import { csatOf } from '@tocsin/schema/postgres/csat';
import { type SimilarIncident, similarIncidents } from '@tocsin/schema/postgres/similar';
import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { ApiContext } from '../../context.js';
import { pageSize } from '../input.js';

@Resolver(() => IncidentObject)
export class IncidentReviewResolver {
  @FieldResolver(() => ReviewObject, { nullable: true })
  review(@Root() { id }: Incident, @Ctx() { loaders }: ApiContext): Promise<Review | null> {
    return loaders.review.load(id);
  }

  @FieldResolver(() => Boolean, {
    description: 'Its type does not close it at this severity before a review is published.',
  })
  async reviewIsRequired(@Root() incident: Incident, @Ctx() { loaders }: ApiContext): Promise<boolean> {
    const { type, typeVersion: version, severity } = incident;
    const { closing } = await loaders.typeDefinition.load({ type, version });
    return reaches(severity, closing.reviewFrom);
  }

  @FieldResolver(() => [ActionItemObject])
  actionItems(@Root() { id }: Incident, @Ctx() { loaders }: ApiContext): Promise<readonly ActionItem[]> {
    return loaders.actionItems.load(id);
  }

  @FieldResolver(() => [SimilarIncidentObject], { description: 'Of the last 400 days, the most alike first.' })
  similar(
    @Root() incident: Incident,
    @Arg('first', () => Int, { nullable: true, defaultValue: 5 }) first: number | null,
    @Ctx() { services: { pool }, viewer }: ApiContext,
  ): Promise<readonly SimilarIncident[]> {
    return similarIncidents(pool, incident, viewer, pageSize(first, 5, 20));
  }

  @FieldResolver(() => CsatObject, { nullable: true, description: 'Null while nobody was asked.' })
  csat(@Root() { id }: Incident, @Ctx() { services: { pool } }: ApiContext): Promise<object | null> {
    return csatOf(pool, id);
  }
}

@Resolver(() => SimilarIncidentObject)
export class SimilarFieldsResolver {
  @FieldResolver()
  resolvedBy(@Root() { incident }: SimilarIncident): string | null {
    return incident.resolvedBy?.name ?? null;
  }

  @FieldResolver()
  review(@Root() { incident }: SimilarIncident, @Ctx() { loaders }: ApiContext): Promise<Review | null> {
    return loaders.review.load(incident.id);
  }
}
