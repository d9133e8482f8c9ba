import { type TeamEntry, teamFormat } from '@tocsin/schema/domain/configuration/teams';
import type { Edit } from '@tocsin/schema/postgres/onCallEdit';
import type { Queryable } from '@tocsin/schema/postgres/pool';
import { loadTeams } from '@tocsin/schema/postgres/team';
import { membersOfTeams } from '@tocsin/schema/postgres/teamMember';
import { deleteTeamIn, saveTeamIn } from '@tocsin/schema/postgres/teamWrite';
import type { Names } from './names.js';
import { section } from './section.js';

/** A team and its policy may name each other: a new one is made without a policy first, and has it once there is one. */
export const teamSection = section<TeamEntry>({
  format: teamFormat,
  read: async (db, names) => {
    const teams = await loadTeams(db);
    const members = await membersOfTeams(
      db,
      teams.map(({ id }) => id),
    );
    return teams.map(({ id, name, description, chatUrl, escalationPolicyId }) => {
      const own = members
        .filter(({ teamId }) => teamId === id)
        .map(({ personId, role }) => ({ person: names.nameOf('person', personId) ?? '', role }));
      const escalationPolicy = names.nameOf('escalation policy', escalationPolicyId);
      return { id, entry: { name, description, chatUrl, escalationPolicy, members: sorted(own) } };
    });
  },
  settle: (team, names, at) => ({
    ...team,
    escalationPolicy: names.spell('escalation policy', team.escalationPolicy, `${at}.escalationPolicy`),
    members: sorted(
      team.members.map(({ person, role }, index) => ({
        person: names.find('person', person, `${at}.members[${index}].person`).name,
        role,
      })),
    ),
  }),
  save: (db, _, team, names, edit) => save(db, team, names, edit),
  announce: (db, { name }, edit) => saveTeamIn(db, { ...bare, name }, null, edit),
  loosen: async (db, { entry }, edit) => {
    if (entry.escalationPolicy !== null) await saveTeamIn(db, { ...bare, ...entry, members: null }, null, edit);
  },
  remove: (db, { entry }, edit) => deleteTeamIn(db, entry.name, edit),
});

const bare = { description: null, chatUrl: null, escalationPolicyId: null, members: null };

function save(db: Queryable, team: TeamEntry, names: Names, edit: Edit) {
  const { name, description, chatUrl, escalationPolicy } = team;
  const members = team.members.map(({ person, role }) => ({ personId: names.idOf('person', person) ?? 0, role }));
  const escalationPolicyId = names.idOf('escalation policy', escalationPolicy);
  return saveTeamIn(db, { name, description, chatUrl, escalationPolicyId, members }, null, edit);
}

function sorted(members: TeamEntry['members']): TeamEntry['members'] {
  return members.toSorted((a, b) => (a.person < b.person ? -1 : 1));
}
