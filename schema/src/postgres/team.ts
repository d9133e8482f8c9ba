import { nameKey } from '../domain/service.js';
import type { Queryable } from './pool.js';

export interface Team {
  readonly id: number;
  /** What other rows say; it never changes. */
  readonly name: string;
  readonly description: string | null;
  readonly chatUrl: string | null;
  readonly escalationPolicyId: number | null;
  readonly version: number;
}

interface TeamRow {
  readonly id: number;
  readonly name: string;
  readonly description: string | null;
  readonly chat_url: string | null;
  readonly escalation_policy_id: number | null;
  readonly version: number;
}

const columns = 'id, name, description, chat_url, escalation_policy_id, version';

/** All of them, by name: hundreds at most. */
export async function loadTeams(db: Queryable): Promise<readonly Team[]> {
  const { rows } = await db.query<TeamRow>({
    name: 'teams',
    text: `select ${columns} from team order by name_key`,
  });
  return rows.map(teamOf);
}

/** In upper or lower case. @param lock takes turns with who else edits it */
export async function teamByName(db: Queryable, name: string, lock = false): Promise<Team | null> {
  const { rows } = await db.query<TeamRow>(
    `select ${columns} from team where name_key = $1 ${lock ? 'for update' : ''}`,
    [nameKey(name)],
  );
  return rows[0] === undefined ? null : teamOf(rows[0]);
}

function teamOf({ chat_url: chatUrl, escalation_policy_id: escalationPolicyId, ...row }: TeamRow): Team {
  return { ...row, chatUrl, escalationPolicyId };
}

/** Open incidents that name each team, by the key of its name. */
export async function openIncidentsByTeam(db: Queryable): Promise<ReadonlyMap<string, number>> {
  const { rows } = await db.query<{ team: string; count: number }>({
    name: 'team_open_incidents',
    text: `select team, count(*)::int as count from incident
            where phase in ('detected', 'triaged', 'acknowledged', 'mitigated') and team is not null group by team`,
  });
  const counts = new Map<string, number>();
  for (const { team, count } of rows) counts.set(nameKey(team), (counts.get(nameKey(team)) ?? 0) + count);
  return counts;
}

/** Every way in which services, integrations and open incidents write a team's name: upper and lower case are folded here, no collation does it alike. */
export async function spellingsOf(db: Queryable, name: string): Promise<readonly string[]> {
  const { rows } = await db.query<{ team: string }>(
    `select team from service where team is not null union select team from integration where team is not null
     union select team from incident where team is not null and phase in ('detected', 'triaged', 'acknowledged', 'mitigated')`,
  );
  return rows.map(({ team }) => team).filter((team) => nameKey(team) === nameKey(name));
}
