import { nameKey } from '@tocsin/schema/domain/service';
import { EscalationPolicyObject } from '@tocsin/schema/graphql/policy';
import { TeamInput, TeamMembershipObject, TeamObject, UnownedObject } from '@tocsin/schema/graphql/team';
import type { StoredPolicy } from '@tocsin/schema/postgres/escalationPolicy';
import type { Person } from '@tocsin/schema/postgres/person';
import type { ScheduleHead } from '@tocsin/schema/postgres/schedule';
import type { StoredService } from '@tocsin/schema/postgres/service';
import type { Team } from '@tocsin/schema/postgres/team';
import { deleteTeam, saveTeam } from '@tocsin/schema/postgres/teamWrite';
import { loadUnowned } from '@tocsin/schema/postgres/unowned';
import { Arg, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { ApiContext } from '../../context.js';
import { expectedOf, teamDraftOf } from './inputs.js';
import { onCallNow, type OnCallView } from './view.js';

interface Membership {
  readonly team: Team;
  readonly person: Person | null;
  readonly role: string;
}

@Resolver(() => TeamObject)
export class TeamsResolver {
  @Query(() => [TeamObject], { description: 'By name.' })
  teams(@Ctx() { loaders }: ApiContext): Promise<readonly Team[]> {
    return loaders.teams();
  }

  @Query(() => TeamObject, { nullable: true })
  async team(@Arg('name', () => String) name: string, @Ctx() { loaders }: ApiContext): Promise<Team | null> {
    return (await loaders.teams()).find((each) => nameKey(each.name) === nameKey(name)) ?? null;
  }

  @Query(() => UnownedObject)
  async unowned(@Ctx() { services: { pool }, loaders }: ApiContext): Promise<object> {
    const [unowned, teams, catalogue] = await Promise.all([loadUnowned(pool), loaders.teams(), loaders.catalogue()]);
    const names = new Set(unowned.services);
    const ids = new Set(unowned.teamsWithoutPolicy);
    return {
      ...unowned,
      services: catalogue.filter(({ name }) => names.has(name)),
      teamsWithoutPolicy: teams.filter(({ id }) => ids.has(id)),
    };
  }

  @Mutation(() => TeamObject, { description: 'Adds the team, or changes the one of this name.' })
  saveTeam(
    @Arg('input', () => TeamInput) input: TeamInput,
    @Arg('expectedVersion', () => Int, { nullable: true }) expectedVersion: number | null | undefined,
    @Ctx() { services: { pool }, actor, viewer }: ApiContext,
  ): Promise<Team> {
    return saveTeam(pool, teamDraftOf(input), expectedOf(expectedVersion), { actor, now: Date.now() }, viewer);
  }

  @Mutation(() => Boolean, { description: 'IN_USE names what still uses it.' })
  async deleteTeam(
    @Arg('name', () => String) name: string,
    @Ctx() { services: { pool }, actor }: ApiContext,
  ): Promise<boolean> {
    await deleteTeam(pool, name, { actor, now: Date.now() });
    return true;
  }

  @FieldResolver(() => [TeamMembershipObject])
  async members(@Root() team: Team, @Ctx() { loaders }: ApiContext): Promise<readonly Membership[]> {
    const members = await loaders.teamMembers.load(team.id);
    return Promise.all(
      members.map(async ({ personId, role }) => ({ team, person: await loaders.personById.load(personId), role })),
    );
  }

  @FieldResolver(() => EscalationPolicyObject, { nullable: true })
  async escalationPolicy(
    @Root() { escalationPolicyId }: Team,
    @Ctx() { loaders }: ApiContext,
  ): Promise<StoredPolicy | null> {
    return (await loaders.policies()).find(({ id }) => id === escalationPolicyId) ?? null;
  }

  @FieldResolver()
  async schedules(@Root() team: Team, @Ctx() { loaders }: ApiContext): Promise<readonly ScheduleHead[]> {
    return (await loaders.schedules()).filter(({ teamId }) => teamId === team.id);
  }

  @FieldResolver()
  async services(@Root() team: Team, @Ctx() { loaders }: ApiContext): Promise<readonly StoredService[]> {
    const key = nameKey(team.name);
    return (await loaders.catalogue()).filter((service) => service.team !== null && nameKey(service.team) === key);
  }

  @FieldResolver()
  async openIncidents(@Root() { name }: Team, @Ctx() { loaders }: ApiContext): Promise<number> {
    return (await loaders.openIncidentsByTeam()).get(nameKey(name)) ?? 0;
  }

  @FieldResolver()
  async onCallNow(@Root() team: Team, @Ctx() { loaders }: ApiContext): Promise<readonly OnCallView[]> {
    const schedules = await loaders.schedules();
    return onCallNow(
      loaders,
      schedules.filter(({ teamId }) => teamId === team.id),
    );
  }
}
