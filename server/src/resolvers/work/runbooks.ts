import { nameKey } from '@tocsin/schema/domain/service';
import { runbookSteps } from '@tocsin/schema/domain/markdownSteps';
import { IncidentRunbookObject, RunbookInput, RunbookObject, RunbookStepObject } from '@tocsin/schema/graphql/runbook';
import { ServiceObject } from '@tocsin/schema/graphql/service';
import { TeamObject } from '@tocsin/schema/graphql/team';
import { attachRunbook, type IncidentRunbook, tickRunbookStep } from '@tocsin/schema/postgres/incidentRunbook';
import {
  archiveRunbook,
  listRunbooks,
  type Runbook,
  type RunbookDraft,
  runbookLimits,
  saveRunbook,
} from '@tocsin/schema/postgres/runbook';
import type { StoredService } from '@tocsin/schema/postgres/service';
import type { Team } from '@tocsin/schema/postgres/team';
import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { ApiContext } from '../../context.js';
import { invalidInput } from '../../errors.js';
import type { Loaders } from '../../loaders/loaders.js';
import { idOrNull, optionalText, requiredId, requiredText, textList } from '../input.js';

@Resolver(() => RunbookObject)
export class RunbooksResolver {
  @Query(() => [RunbookObject], { description: 'By title, archived ones last; at most 500.' })
  runbooks(
    @Arg('search', () => String, { nullable: true }) search: string | null | undefined,
    @Ctx() { services: { pool } }: ApiContext,
  ): Promise<readonly Runbook[]> {
    return listRunbooks(pool, optionalText('search', search, 200));
  }

  @Query(() => RunbookObject, { nullable: true })
  async runbook(@Arg('id', () => ID) id: string, @Ctx() { loaders }: ApiContext): Promise<Runbook | null> {
    const number = idOrNull(id);
    return number === null ? null : loaders.runbook.load(number);
  }

  @Mutation(() => RunbookObject)
  async saveRunbook(
    @Arg('input', () => RunbookInput) input: RunbookInput,
    @Arg('expectedVersion', () => Int, { nullable: true }) expectedVersion: number | null | undefined,
    @Ctx() { services: { pool }, loaders, actor }: ApiContext,
  ): Promise<Runbook> {
    const draft = await draftOf(loaders, input);
    return saveRunbook(pool, draft, expectedVersion ?? null, { actor, now: Date.now() });
  }

  @Mutation(() => RunbookObject, { description: 'An archived one is attached no more; where it is attached it stays.' })
  archiveRunbook(
    @Arg('id', () => ID) id: string,
    @Arg('isArchived', () => Boolean) isArchived: boolean,
    @Ctx() { services: { pool }, actor }: ApiContext,
  ): Promise<Runbook> {
    return archiveRunbook(pool, requiredId('runbook', id), isArchived, { actor, now: Date.now() });
  }

  @FieldResolver(() => TeamObject, { nullable: true })
  async team(@Root() { teamId }: Runbook, @Ctx() { loaders }: ApiContext): Promise<Team | null> {
    return (await loaders.teams()).find(({ id }) => id === teamId) ?? null;
  }

  @FieldResolver(() => [String])
  async services(@Root() { serviceKeys }: Runbook, @Ctx() { loaders }: ApiContext): Promise<readonly string[]> {
    const catalogue = await loaders.catalogue();
    return serviceKeys.map((key) => catalogue.find(({ name }) => nameKey(name) === key)?.name ?? key);
  }

  @FieldResolver(() => [String])
  types(@Root() { typeKeys }: Runbook): readonly string[] {
    return typeKeys;
  }
}

@Resolver(() => IncidentRunbookObject)
export class IncidentRunbooksResolver {
  @Mutation(() => IncidentRunbookObject, { description: 'Twice is once.' })
  attachRunbook(
    @Arg('incidentId', () => ID) incidentId: string,
    @Arg('runbookId', () => ID) runbookId: string,
    @Ctx() { services: { pool }, actor }: ApiContext,
  ): Promise<IncidentRunbook> {
    const ids = [requiredId('incident', incidentId), requiredId('runbook', runbookId)] as const;
    return attachRunbook(pool, ...ids, { actor, now: Date.now() });
  }

  @Mutation(() => IncidentRunbookObject)
  tickRunbookStep(
    @Arg('id', () => ID) id: string,
    @Arg('step', () => Int) step: number,
    @Arg('isTicked', () => Boolean) isTicked: boolean,
    @Ctx() { services: { pool }, actor }: ApiContext,
  ): Promise<IncidentRunbook> {
    return tickRunbookStep(pool, requiredId('runbook', id), step, isTicked, { actor, now: Date.now() });
  }

  @FieldResolver(() => RunbookObject)
  runbook(@Root() { runbookId }: IncidentRunbook, @Ctx() { loaders }: ApiContext): Promise<Runbook | null> {
    return loaders.runbook.load(runbookId);
  }

  @FieldResolver(() => [RunbookStepObject])
  async steps(@Root() { id, body }: IncidentRunbook, @Ctx() { loaders }: ApiContext): Promise<readonly object[]> {
    const ticks = new Map((await loaders.runbookTicks.load(id)).map((tick) => [tick.step, tick]));
    return runbookSteps(body).map(({ step, text }) => {
      const { tickedBy = null, tickedAt = null } = ticks.get(step) ?? {};
      return { step, text, tickedBy, tickedAt };
    });
  }
}

@Resolver(() => ServiceObject)
export class ServiceRunbooksResolver {
  @FieldResolver(() => [RunbookObject], { description: 'Those that its incidents are given.' })
  async runbooks(@Root() { name }: StoredService, @Ctx() { services }: ApiContext): Promise<readonly Runbook[]> {
    const key = nameKey(name);
    return (await listRunbooks(services.pool, null)).filter(
      ({ isArchived, serviceKeys }) => !isArchived && serviceKeys.includes(key),
    );
  }
}

async function draftOf(loaders: Loaders, input: RunbookInput): Promise<RunbookDraft> {
  const team = optionalText('input.team', input.team, 100);
  const found = (await loaders.teams()).find(({ name }) => team !== null && nameKey(name) === nameKey(team));
  if (team !== null && found === undefined) throw invalidInput('input.team', `There is no team ${team}.`);
  return {
    id: input.id == null ? null : requiredId('runbook', input.id),
    title: requiredText('input.title', input.title, runbookLimits.title),
    body: requiredText('input.body', input.body, runbookLimits.body),
    teamId: found?.id ?? null,
    services: textList('input.services', input.services ?? [], runbookLimits.services, 256),
    types: textList('input.types', input.types ?? [], runbookLimits.types, 100),
    condition: optionalText('input.condition', input.condition, runbookLimits.condition),
  };
}
