import { builtInDefinition } from '@tocsin/schema/domain/builtInTypes';
import type { RunningTocsin } from '../support/tocsin.js';

const { statuses, transitions } = builtInDefinition.workflow;
const upper = (word: string) => word.toUpperCase();

/** Operational incidents whose report says who is affected, whose end names a cause, and whose updates a second person approves. */
const operational = {
  key: 'operational',
  title: 'Operational',
  definition: {
    statuses: statuses.map((each) => ({ ...each, phase: upper(each.phase) })),
    transitions: transitions.map(({ from, to, role }) => ({
      from,
      to,
      role: upper(role),
      requires: to === 'resolved' ? ['cause'] : [],
    })),
    fields: [
      { key: 'affected', title: 'Who is affected?', kind: 'TEXT', reportOrder: 1, isRequiredInReport: true },
      { key: 'cause', title: 'Cause', kind: 'CHOICE', choices: ['Change', 'Capacity', 'Dependency'] },
    ],
    roles: [{ role: 'REVIEWER', requiredFrom: 'CRITICAL' }],
    defaultSeverity: 'MEDIUM',
    closing: { reviewFrom: 'HIGH', openTasks: 'REFUSED', fields: ['cause'] },
    updatesNeedApproval: true,
  },
};

/**
 * What stands long before the incident: the type, a team that owns the checkout, and who of it is on call.
 * @param onCall whose week it is
 */
export async function setScene({ graphql }: RunningTocsin, onCall: string): Promise<void> {
  const { people } = await graphql<{ people: readonly { readonly id: string; readonly name: string }[] }>(
    '{ people { id name } }',
  );
  const memberIds = people.flatMap(({ id, name }) => (name === onCall ? [id] : []));
  const week = { startsOn: '2026-01-05', handoffTime: '09:00', turnUnit: 'WEEK', turnLength: 1 };
  await graphql(
    'mutation ($input: IncidentTypeInput!) { saveIncidentType(input: $input, expectedVersion: 0) { key } }',
    {
      input: operational,
    },
  );
  await graphql('mutation ($input: TeamInput!) { saveTeam(input: $input) { id } }', {
    input: { name: 'Payments', members: people.map(({ id }) => ({ personId: id, role: 'VIEWER' })) },
  });
  await graphql('mutation ($input: ScheduleInput!) { saveSchedule(input: $input) { id } }', {
    input: {
      name: 'Payments',
      team: 'Payments',
      timeZone: 'Europe/Berlin',
      layers: [{ ...week, name: 'Primary', memberIds }],
    },
  });
  await graphql('mutation ($input: ServiceInput!) { saveService(input: $input) { name } }', {
    input: { name: 'checkout', team: 'Payments' },
  });
}

/** From here on the team is woken by its policy. */
export async function wakeBy({ graphql }: RunningTocsin, policy: string): Promise<void> {
  const { escalationPolicies, teams } = await graphql<{
    readonly escalationPolicies: readonly { readonly id: string; readonly name: string }[];
    readonly teams: readonly { readonly name: string; readonly version: number }[];
  }>('{ escalationPolicies { id name } teams { name version } }');
  const escalationPolicyId = escalationPolicies.find(({ name }) => name === policy)?.id;
  const team = teams.find(({ name }) => name === 'Payments');
  await graphql('mutation ($input: TeamInput!, $v: Int) { saveTeam(input: $input, expectedVersion: $v) { id } }', {
    input: { name: team?.name, escalationPolicyId },
    v: team?.version,
  });
}
