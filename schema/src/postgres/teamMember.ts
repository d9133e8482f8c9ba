import type { Role } from '../domain/role.js';
import type { Queryable } from './pool.js';

export interface TeamMember {
  readonly teamId: number;
  readonly personId: number;
  /** At least this within the team. */
  readonly role: Role;
}

interface MemberRow {
  readonly team_id: number;
  readonly person_id: number;
  readonly role: Role;
}

/** By name of the person, those who are switched off included. */
export async function membersOfTeams(db: Queryable, teamIds: readonly number[]): Promise<readonly TeamMember[]> {
  const { rows } = await db.query<MemberRow>({
    name: 'team_members',
    text: `select team_id, person_id, m.role from team_member m join person p on p.id = m.person_id
            where team_id = any($1::bigint[]) order by lower(p.name), p.id`,
    values: [teamIds],
  });
  return rows.map(({ team_id: teamId, person_id: personId, role }) => ({ teamId, personId, role }));
}

/** In whose place these are then the only members. */
export async function replaceMembers(
  db: Queryable,
  teamId: number,
  members: readonly Omit<TeamMember, 'teamId'>[],
): Promise<void> {
  await db.query('delete from team_member where team_id = $1', [teamId]);
  await db.query(
    'insert into team_member (team_id, person_id, role) select $1, * from unnest($2::bigint[], $3::text[])',
    [teamId, members.map(({ personId }) => personId), members.map(({ role }) => role)],
  );
}
