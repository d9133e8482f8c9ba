import type { EscalationTarget } from '@tocsin/schema/domain/policyInput';
import { nameKey } from '@tocsin/schema/domain/service';
import { EscalationPolicyInput, EscalationPolicyObject, EscalationTargetObject } from '@tocsin/schema/graphql/policy';
import { TeamObject } from '@tocsin/schema/graphql/team';
import { type StoredPolicy, usersOfPolicy } from '@tocsin/schema/postgres/escalationPolicy';
import { deletePolicy, savePolicy } from '@tocsin/schema/postgres/escalationPolicyWrite';
import type { Channel } from '@tocsin/schema/postgres/channel';
import type { Person } from '@tocsin/schema/postgres/person';
import type { ScheduleHead } from '@tocsin/schema/postgres/schedule';
import type { Team } from '@tocsin/schema/postgres/team';
import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { ApiContext } from '../../context.js';
import { idOrNull, requiredId } from '../input.js';
import { expectedOf, policyDraftOf } from './inputs.js';

@Resolver(() => EscalationPolicyObject)
export class PoliciesResolver {
  @Query(() => [EscalationPolicyObject], { description: 'By name; of one team where it is named.' })
  async escalationPolicies(
    @Arg('team', () => String, { nullable: true }) team: string | null | undefined,
    @Ctx() { loaders }: ApiContext,
  ): Promise<readonly StoredPolicy[]> {
    const [policies, teams] = await Promise.all([loaders.policies(), loaders.teams()]);
    if (team == null) return policies;
    const id = teams.find(({ name }) => nameKey(name) === nameKey(team))?.id;
    return policies.filter(({ teamId }) => teamId !== null && teamId === id);
  }

  @Query(() => EscalationPolicyObject, { nullable: true })
  async escalationPolicy(
    @Arg('id', () => ID) id: string,
    @Ctx() { loaders }: ApiContext,
  ): Promise<StoredPolicy | null> {
    const number = idOrNull(id);
    return (await loaders.policies()).find((each) => each.id === number) ?? null;
  }

  @Mutation(() => EscalationPolicyObject, {
    description: 'Rules that name it follow its new name, as a version of theirs.',
  })
  saveEscalationPolicy(
    @Arg('input', () => EscalationPolicyInput) input: EscalationPolicyInput,
    @Arg('expectedVersion', () => Int, { nullable: true }) expectedVersion: number | null | undefined,
    @Ctx() { services: { pool }, actor }: ApiContext,
  ): Promise<StoredPolicy> {
    return savePolicy(pool, policyDraftOf(input), expectedOf(expectedVersion), { actor, now: Date.now() });
  }

  @Mutation(() => Boolean, { description: 'IN_USE names the teams, services and rules that are under it.' })
  async deleteEscalationPolicy(
    @Arg('id', () => ID) id: string,
    @Ctx() { services: { pool }, actor }: ApiContext,
  ): Promise<boolean> {
    await deletePolicy(pool, requiredId('escalation policy', id), { actor, now: Date.now() });
    return true;
  }

  @FieldResolver(() => TeamObject, { nullable: true })
  async team(@Root() { teamId }: StoredPolicy, @Ctx() { loaders }: ApiContext): Promise<Team | null> {
    return (await loaders.teams()).find(({ id }) => id === teamId) ?? null;
  }

  @FieldResolver()
  usedBy(@Root() policy: StoredPolicy, @Ctx() { services: { pool } }: ApiContext): Promise<readonly string[]> {
    return usersOfPolicy(pool, policy);
  }
}

@Resolver(() => EscalationTargetObject)
export class EscalationTargetFieldsResolver {
  @FieldResolver()
  person(@Root() { kind, id }: EscalationTarget, @Ctx() { loaders }: ApiContext): Promise<Person | null> | null {
    return kind === 'person' ? loaders.personById.load(id) : null;
  }

  @FieldResolver()
  async schedule(
    @Root() { kind, id }: EscalationTarget,
    @Ctx() { loaders }: ApiContext,
  ): Promise<ScheduleHead | undefined> {
    return kind === 'schedule' ? (await loaders.schedules()).find((each) => each.id === id) : undefined;
  }

  @FieldResolver()
  async team(@Root() { kind, id }: EscalationTarget, @Ctx() { loaders }: ApiContext): Promise<Team | undefined> {
    return kind === 'team' ? (await loaders.teams()).find((each) => each.id === id) : undefined;
  }

  @FieldResolver()
  async channel(@Root() { kind, id }: EscalationTarget, @Ctx() { loaders }: ApiContext): Promise<Channel | undefined> {
    return kind === 'channel' ? (await loaders.channels()).find((each) => each.id === id) : undefined;
  }
}
