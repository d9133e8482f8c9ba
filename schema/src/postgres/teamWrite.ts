import type { DomainError } from '../domain/errors.js';
import { type Granter, refusalOfMembers } from '../domain/permissionRefusal.js';
import type { Role } from '../domain/role.js';
import { refuse } from '../domain/scheduleInput.js';
import { nameKey } from '../domain/service.js';
import { httpUrl } from '../domain/text.js';
import { recordConfigurationChange } from './configurationEvent.js';
import { lockConfiguration, moveConfiguration } from './configurationVersion.js';
import { assertPersons, check, type Edit, missing, refuseInUse, refuseStale } from './onCallEdit.js';
import type { Pool, Queryable } from './pool.js';
import { spellingsOf, type Team, teamByName } from './team.js';
import { membersOfTeams, replaceMembers } from './teamMember.js';
import { inTransaction } from './transaction.js';
import { peopleChannel } from './viewer.js';

export const teamLimits = { name: 100, description: 2_000, members: 200 } as const;

export interface TeamInput {
  readonly name: string;
  readonly description: string | null;
  readonly chatUrl: string | null;
  readonly escalationPolicyId: number | null;
  /** Null: they stay as they are. */
  readonly members: readonly { readonly personId: number; readonly role: Role }[] | null;
}

/**
 * Adds the team, or changes the one of this name.
 * @param granter who must not give or take more than they have; null: asked elsewhere
 * @throws DomainFailure INVALID_INPUT, CONFLICT, FORBIDDEN
 */
export function saveTeam(
  pool: Pool,
  input: TeamInput,
  expectedVersion: number | null,
  edit: Edit,
  granter: Granter | null = null,
): Promise<Team> {
  return inTransaction(pool, (db) => saveTeamIn(db, input, expectedVersion, edit, granter));
}

/** As {@link saveTeam}, in the caller's transaction. */
export async function saveTeamIn(
  db: Queryable,
  input: TeamInput,
  expectedVersion: number | null,
  { actor, now }: Edit,
  granter: Granter | null = null,
): Promise<Team> {
  check(refusalOfTeam(input));
  await lockConfiguration(db, 'teams');
  const before = await teamByName(db, input.name, true);
  refuseStale('team', before?.version ?? 0, expectedVersion);
  await assertPersons(db, input.members?.map(({ personId }) => personId) ?? [], 'input.members');
  await assertPolicy(db, input.escalationPolicyId);
  const membersBefore = before === null ? [] : await membersOfTeams(db, [before.id]);
  if (granter !== null && input.members !== null) {
    check(refusalOfMembers(granter, input.name, membersBefore, input.members));
  }
  await db.query(
    `insert into team (name, name_key, description, chat_url, escalation_policy_id) values ($1, $2, $3, $4, $5)
     on conflict (name_key) do update set description = excluded.description, chat_url = excluded.chat_url,
       escalation_policy_id = excluded.escalation_policy_id, version = team.version + 1, updated_at = now()`,
    [input.name.trim(), nameKey(input.name), input.description, input.chatUrl, input.escalationPolicyId],
  );
  const after = await teamByName(db, input.name);
  if (after === null) throw missing('team', input.name);
  if (input.members !== null) await replaceMembers(db, after.id, input.members);
  await recordConfigurationChange(
    db,
    actor,
    {
      topic: 'team',
      action: before === null ? 'created' : 'changed',
      id: after.id,
      name: after.name,
      before: before && { ...before, members: membersBefore },
      after: { ...after, members: input.members ?? membersBefore },
    },
    now,
  );
  await finish(db);
  return after;
}

/** @throws DomainFailure NOT_FOUND, IN_USE */
export function deleteTeam(pool: Pool, name: string, edit: Edit): Promise<void> {
  return inTransaction(pool, (db) => deleteTeamIn(db, name, edit));
}

/** As {@link deleteTeam}, in the caller's transaction. */
export async function deleteTeamIn(db: Queryable, name: string, { actor, now }: Edit): Promise<void> {
  await lockConfiguration(db, 'teams');
  const before = await teamByName(db, name, true);
  if (before === null) throw missing('team', name);
  refuseInUse(before.name, await usersOfTeam(db, before));
  const members = await membersOfTeams(db, [before.id]);
  await db.query('delete from team where id = $1', [before.id]);
  const data = { topic: 'team', action: 'removed', id: before.id, name: before.name } as const;
  await recordConfigurationChange(db, actor, { ...data, before: { ...before, members }, after: null }, now);
  await finish(db);
}

/** What people may do hangs on their teams: whoever remembers it is told. */
async function finish(db: Queryable): Promise<void> {
  await moveConfiguration(db, 'teams');
  await db.query('select pg_notify($1, $2)', [peopleChannel, '']);
}

/** What would have no owner, or nobody to wake, without it; the names that people know. */
async function usersOfTeam(db: Queryable, { id, name }: Team): Promise<readonly string[]> {
  const { rows } = await db.query<{ who: string }>(
    `select 'service ' || name as who from service where team = any($2::text[])
     union all select 'integration ' || name from integration where team = any($2::text[])
     union all select 'schedule ' || name from schedule where team_id = $1
     union all select 'escalation policy ' || p.name from escalation_policy p where p.team_id = $1 or exists
       (select from escalation_step s join escalation_target t on t.step_id = s.id where s.policy_id = p.id and t.team_id = $1)
     union all select 'channel ' || name from notification_channel where team_id = $1
     union all select 'runbook ' || title from runbook where team_id = $1
     union all select 'automation ' || name from automation_rule where team_id = $1 or exists
       (select from jsonb_array_elements(actions) as action where lower(trim(action ->> 'team')) = $3)
     union all select 'rule ' || (rule ->> 'name') from (select rules from rule_set order by version desc limit 1) as s,
       jsonb_array_elements(s.rules) as rule where lower(trim(rule ->> 'team')) = $3
     union all (select 'INC-' || id from incident
       where phase in ('detected', 'triaged', 'acknowledged', 'mitigated') and team = any($2::text[]) order by id limit 50)
     limit 100`,
    [id, await spellingsOf(db, name), nameKey(name)],
  );
  return rows.map(({ who }) => who);
}

async function assertPolicy(db: Queryable, id: number | null): Promise<void> {
  if (id === null) return;
  const { rowCount } = await db.query('select from escalation_policy where id = $1', [id]);
  if (rowCount === 0) check(refuse('input.escalationPolicyId', `There is no escalation policy ${id}.`));
}

function refusalOfTeam({ name, description, chatUrl, members }: TeamInput): DomainError | null {
  if (name.trim() === '') return refuse('input.name', 'A team needs a name.');
  if (name.length > teamLimits.name) return refuse('input.name', `name has at most ${teamLimits.name} characters.`);
  if ((description?.length ?? 0) > teamLimits.description) {
    return refuse('input.description', `description has at most ${teamLimits.description} characters.`);
  }
  if (chatUrl !== null && httpUrl(chatUrl) === null) return refuse('input.chatUrl', 'chatUrl must be a web address.');
  if (members === null) return null;
  if (members.length > teamLimits.members)
    return refuse('input.members', `A team has at most ${teamLimits.members} members.`);
  const distinct = new Set(members.map(({ personId }) => personId));
  return distinct.size < members.length ? refuse('input.members', 'Somebody is named twice.') : null;
}
