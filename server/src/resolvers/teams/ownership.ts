import type { Incident } from '@tocsin/schema/domain/incident';
import type { Ownership, PolicyReason } from '@tocsin/schema/domain/ownership';
import { nameKey } from '@tocsin/schema/domain/service';
import { IncidentObject } from '@tocsin/schema/graphql/incident';
import { OverviewObject } from '@tocsin/schema/graphql/overview';
import { EscalationPolicyObject } from '@tocsin/schema/graphql/policy';
import { OnCallObject } from '@tocsin/schema/graphql/schedule';
import { ServiceObject } from '@tocsin/schema/graphql/service';
import { OwnershipObject } from '@tocsin/schema/graphql/team';
import type { StoredPolicy } from '@tocsin/schema/postgres/escalationPolicy';
import type { StoredService } from '@tocsin/schema/postgres/service';
import type { Team } from '@tocsin/schema/postgres/team';
import { loadUnowned } from '@tocsin/schema/postgres/unowned';
import { Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { ApiContext } from '../../context.js';
import type { Loaders } from '../../loaders/loaders.js';
import { onCallNow, type OnCallView } from './view.js';

interface OwnershipView {
  readonly state: Ownership['state'];
  readonly team: Team | null;
  readonly teamName: string | null;
  readonly because: string | null;
  readonly policy: StoredPolicy | null;
  readonly policyBecause: PolicyReason | null;
}

@Resolver(() => IncidentObject)
export class IncidentOwnerResolver {
  @FieldResolver(() => OwnershipObject)
  async owner(@Root() { id }: Incident, @Ctx() { loaders }: ApiContext): Promise<OwnershipView> {
    const ownership = await loaders.ownership.load(id);
    const { state, policyBecause } = ownership;
    const teamId = state === 'owned' ? ownership.teamId : null;
    return {
      state,
      team: (await loaders.teams()).find((team) => team.id === teamId) ?? null,
      teamName: state === 'unknownTeam' ? ownership.team : null,
      because: state === 'unowned' ? null : ownership.because,
      policy: await policyById(loaders, ownership.policyId),
      policyBecause,
    };
  }
}

@Resolver(() => ServiceObject)
export class ServiceOwnerResolver {
  @FieldResolver(() => OwnershipObject)
  async owner(@Root() service: StoredService, @Ctx() { loaders }: ApiContext): Promise<OwnershipView> {
    const { team: name, escalationPolicyId } = service;
    const teams = await loaders.teams();
    const team = name === null ? undefined : teams.find((each) => nameKey(each.name) === nameKey(name));
    const own = await policyById(loaders, escalationPolicyId);
    const policy = own ?? (await policyById(loaders, team?.escalationPolicyId ?? null));
    const otherwise = policy === null ? null : 'team';
    return {
      state: team !== undefined ? 'owned' : name === null ? 'unowned' : 'unknownTeam',
      team: team ?? null,
      teamName: team === undefined ? name : null,
      because: name === null ? null : 'service',
      policy,
      policyBecause: own === null ? otherwise : 'service',
    };
  }

  @FieldResolver(() => EscalationPolicyObject, {
    nullable: true,
    description: "Its own; its team's where it has none.",
  })
  escalationPolicy(
    @Root() { escalationPolicyId }: StoredService,
    @Ctx() { loaders }: ApiContext,
  ): Promise<StoredPolicy | null> {
    return policyById(loaders, escalationPolicyId);
  }
}

@Resolver(() => OverviewObject)
export class OverviewOnCallResolver {
  @FieldResolver(() => [OnCallObject], { description: 'Of every schedule; one with a gap now is not in it.' })
  async onCallNow(@Ctx() { loaders }: ApiContext): Promise<readonly OnCallView[]> {
    return onCallNow(loaders, await loaders.schedules());
  }

  @FieldResolver(() => Int, { description: 'Open incidents that nobody owns.' })
  async unowned(@Ctx() { services: { pool } }: ApiContext): Promise<number> {
    return (await loadUnowned(pool)).openIncidents;
  }
}

async function policyById(loaders: Loaders, policyId: number | null): Promise<StoredPolicy | null> {
  return policyId === null ? null : ((await loaders.policies()).find(({ id }) => id === policyId) ?? null);
}
