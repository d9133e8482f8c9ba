import type { EventKind } from '@tocsin/schema/domain/event';
import type { Incident } from '@tocsin/schema/domain/incident';
import { EventKindEnum } from '@tocsin/schema/graphql/enums';
import { EscalationObject, PageObject } from '@tocsin/schema/graphql/escalation';
import { IncidentObject } from '@tocsin/schema/graphql/incident';
import { DateTime } from '@tocsin/schema/graphql/scalars';
import type { Escalation } from '@tocsin/schema/postgres/escalation';
import { openPagesOf, type Page } from '@tocsin/schema/postgres/page';
import type { Person } from '@tocsin/schema/postgres/person';
import { Ctx, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import type { ApiContext } from '../../context.js';

@Resolver(() => IncidentObject)
export class IncidentEscalationResolver {
  @FieldResolver(() => EscalationObject, { nullable: true, description: 'The one that runs, else the last.' })
  async escalation(@Root() { id }: Incident, @Ctx() { loaders }: ApiContext): Promise<Escalation | undefined> {
    const all = await loaders.escalations.load(id);
    return all.find(({ state }) => state === 'running') ?? all[0];
  }

  @FieldResolver(() => [EscalationObject], { description: 'The newest first.' })
  escalations(@Root() { id }: Incident, @Ctx() { loaders }: ApiContext): Promise<readonly Escalation[]> {
    return loaders.escalations.load(id);
  }

  @FieldResolver(() => DateTime, { nullable: true })
  async snoozedUntil(@Root() { id }: Incident, @Ctx() { loaders }: ApiContext): Promise<number | null> {
    return (await loaders.snooze.load(id))?.until ?? null;
  }

  @FieldResolver(() => [EventKindEnum], { nullable: true, description: 'What ends the snooze.' })
  async snoozedKinds(@Root() { id }: Incident, @Ctx() { loaders }: ApiContext): Promise<readonly EventKind[] | null> {
    return (await loaders.snooze.load(id))?.kinds ?? null;
  }

  @FieldResolver(() => String, { nullable: true, description: 'Null: it is not snoozed.' })
  async snoozedBy(@Root() { id }: Incident, @Ctx() { loaders }: ApiContext): Promise<string | null> {
    return (await loaders.snooze.load(id))?.by ?? null;
  }
}

@Resolver(() => EscalationObject)
export class EscalationFieldsResolver {
  @FieldResolver()
  policyName(@Root() { policy }: Escalation): string | null {
    return policy.name === '' ? null : policy.name;
  }

  @FieldResolver(() => Int)
  step(@Root() { step }: Escalation): number {
    return step + 1;
  }

  @FieldResolver(() => Int)
  stepCount(@Root() { policy }: Escalation): number {
    return policy.steps.length;
  }

  @FieldResolver(() => Int)
  round(@Root() { round }: Escalation): number {
    return round + 1;
  }

  @FieldResolver(() => Int)
  roundCount(@Root() { policy }: Escalation): number {
    return policy.repeatCount + 1;
  }

  @FieldResolver()
  pages(@Root() { id }: Escalation, @Ctx() { loaders }: ApiContext): Promise<readonly Page[]> {
    return loaders.pages.load(id);
  }
}

@Resolver(() => PageObject)
export class PageFieldsResolver {
  @Query(() => [PageObject], { description: 'What the viewer has still to answer, oldest first; 200 at most.' })
  myPages(@Ctx() { services, viewer }: ApiContext): Promise<readonly Page[]> {
    return openPagesOf(services.pool, viewer.personId);
  }

  @FieldResolver()
  person(@Root() { personId }: Page, @Ctx() { loaders }: ApiContext): Promise<Person | null> {
    return loaders.personById.load(personId);
  }

  @FieldResolver()
  incident(@Root() { incidentId }: Page, @Ctx() { loaders }: ApiContext): Promise<Incident | null> {
    return loaders.incident.load(incidentId);
  }

  @FieldResolver(() => Int)
  step(@Root() { step }: Page): number {
    return step + 1;
  }

  @FieldResolver(() => Int)
  round(@Root() { round }: Page): number {
    return round + 1;
  }
}
