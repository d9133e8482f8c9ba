import { nameKey } from './service.js';

export type OwnerReason = 'rule' | 'service' | 'integration' | 'person';
export type PolicyReason = 'rule' | 'service' | 'team';

/** Which escalation policy an incident is under; both null where none is named anywhere. */
export interface PolicyChoice {
  readonly policyId: number | null;
  readonly policyBecause: PolicyReason | null;
}

/** Who owns an incident, and why. A policy may be named by its rule or service where no team is. */
export type Ownership = PolicyChoice &
  (
    | { readonly state: 'owned'; readonly team: string; readonly teamId: number; readonly because: OwnerReason }
    /** A name that no team has. */
    | { readonly state: 'unknownTeam'; readonly team: string; readonly because: OwnerReason }
    | { readonly state: 'unowned' }
  );

/** What the answer is made of. */
export interface OwnershipFacts {
  /** What the incident says; null: nobody was named when it opened. */
  readonly team: string | null;
  /** Of the rule that opened it. */
  readonly ruleTeam: string | null;
  readonly rulePolicyId: number | null;
  /** Its services in the incident's order, as the catalogue knows them now. */
  readonly services: readonly { readonly team: string | null; readonly policyId: number | null }[];
  readonly integrationTeams: readonly string[];
}

export interface KnownTeam {
  readonly id: number;
  readonly name: string;
  readonly policyId: number | null;
}

/**
 * The team that the incident names; where it names none, that of its first service that has one by now. The policy is the
 * rule's, else the first service's that has one, else the team's.
 * @param teamByKey teams by the key of their name
 */
export function ownershipBy(facts: OwnershipFacts, teamByKey: ReadonlyMap<string, KnownTeam>): Ownership {
  const name = facts.team ?? facts.services.find(({ team }) => team !== null)?.team ?? null;
  const team = name === null ? undefined : teamByKey.get(nameKey(name));
  const policy = policyBy(facts, team);
  if (name === null) return { state: 'unowned', ...policy };
  const because = reasonOf(facts, nameKey(name));
  if (team === undefined) return { state: 'unknownTeam', team: name, because, ...policy };
  return { state: 'owned', team: team.name, teamId: team.id, because, ...policy };
}

function policyBy(facts: OwnershipFacts, team: KnownTeam | undefined): PolicyChoice {
  if (facts.rulePolicyId !== null) return { policyId: facts.rulePolicyId, policyBecause: 'rule' };
  const byService = facts.services.find(({ policyId }) => policyId !== null)?.policyId ?? null;
  if (byService !== null) return { policyId: byService, policyBecause: 'service' };
  const byTeam = team?.policyId ?? null;
  return { policyId: byTeam, policyBecause: byTeam === null ? null : 'team' };
}

/** The first that names this team, in the order in which an incident that opens asks them; none of them: a person did. */
function reasonOf({ ruleTeam, services, integrationTeams }: OwnershipFacts, key: string): OwnerReason {
  const names = (team: string | null): boolean => team !== null && nameKey(team) === key;
  if (names(ruleTeam)) return 'rule';
  if (services.some(({ team }) => names(team))) return 'service';
  return integrationTeams.some(names) ? 'integration' : 'person';
}
