import { isAtLeast, type Viewer } from '../domain/role.js';
import type { Parameters } from './labelMatch.js';

/** What of a viewer decides which incidents show. */
export type Onlooker = Pick<Viewer, 'handle' | 'personId' | 'role' | 'teamRoles' | 'onlyTeams'>;

/**
 * The condition under which an incident shows to the viewer, the same as the domain's `canSee`; null: all of them do.
 * @param incident the table or its alias
 */
export function visibleTo(viewer: Onlooker, { bind }: Parameters, incident = 'incident'): string | null {
  const conditions: string[] = [];
  const team = `lower(trim(${incident}.team))`;
  if (!isAtLeast(viewer.role, 'manager')) {
    const teams = [...viewer.teamRoles].flatMap(([name, role]) => (isAtLeast(role, 'responder') ? [name] : []));
    const [handle, person] = [`${bind(viewer.handle)}::text`, `${bind(viewer.personId)}::bigint`];
    conditions.push(
      `(not ${incident}.is_restricted or ${team} = any(${bind(teams)}::text[])
        or ${incident}.assignee = ${handle} or ${incident}.reporter = ${handle}
        or exists (select from incident_role r where r.incident_id = ${incident}.id and r.person_id = ${person})
        or exists (select from page g where g.incident_id = ${incident}.id and g.person_id = ${person}))`,
    );
  }
  if (viewer.onlyTeams !== null) conditions.push(`${team} = any(${bind([...viewer.onlyTeams])}::text[])`);
  return conditions.length === 0 ? null : `(${conditions.join(' and ')})`;
}

/** As {@link visibleTo}, over rows of incidents and people: whom a message about an incident may go to. @param incident an alias, as `person` */
export function visibleToPerson(incident: string, person: string): string {
  return `(not ${incident}.is_restricted or ${person}.role in ('manager', 'admin')
    or ${person}.handle in (${incident}.assignee, ${incident}.reporter)
    or exists (select from team_member tm join team t on t.id = tm.team_id where tm.person_id = ${person}.id
                 and t.name_key = lower(trim(${incident}.team)) and tm.role in ('responder', 'manager', 'admin'))
    or exists (select from incident_role ir where ir.incident_id = ${incident}.id and ir.person_id = ${person}.id)
    or exists (select from page pg where pg.incident_id = ${incident}.id and pg.person_id = ${person}.id))`;
}

/**
 * As {@link visibleToPerson}, for a channel, which everybody in the room reads: of what is restricted hears its own team's alone,
 * and one that a policy which called for the incident names. @param incident an alias, as `channel`
 */
export function tellableToChannel(incident: string, channel: string): string {
  return `(not ${incident}.is_restricted
    or exists (select from team ct where ct.id = ${channel}.team_id and ct.name_key = lower(trim(${incident}.team)))
    or exists (select from escalation ce where ce.incident_id = ${incident}.id and jsonb_path_exists(ce.policy,
         '$.steps[*].targets[*] ? (@.kind == "channel" && @.id == $channel)', jsonb_build_object('channel', ${channel}.id))))`;
}
