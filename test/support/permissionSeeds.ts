import { createIntegration } from '@tocsin/schema/postgres/integrationSecret';
import { addAlert, addIncident, addIntegration } from './fixtures.js';
import type { ExpectedRow } from './permissionMatrix.js';
import type { TestDatabase } from './testDatabase.js';

/**
 * A thing of the team Payments, written by somebody who asks nothing, and the arguments that name it.
 * @param sink where a channel's messages go
 */
export async function seed(
  { pool }: TestDatabase,
  { key, subject }: ExpectedRow,
  sink: string,
): Promise<Record<string, unknown>> {
  const one = async (sql: string, values: readonly unknown[] = []): Promise<string> =>
    String((await pool.query<{ id: number }>(`${sql} returning id`, [...values])).rows[0]?.id ?? 0);
  const team = `(select id from team where name_key = 'payments')`;
  const name = `thing ${Math.random()}`;
  // What is saved whole names its team, or it is nobody's from then on.
  const own = key.startsWith('Mutation.save') ? { team: 'Payments' } : {};
  const incident = async () => String((await addIncident(pool, { team: 'Payments' })).id);
  const onIncident = async (sql: string) => ({ id: await one(sql, [await incident()]) });
  switch (subject) {
    case 'incident':
      return incident().then((id) => ({ id, incidentId: id }));
    case 'incidents':
      return { ids: [await incident()], into: await incident() };
    case 'alertsIncident': {
      const [from, integration] = [await incident(), await addIntegration(pool, name)];
      const alert = () => addAlert(pool, { integrationId: integration.id, incidentId: Number(from) });
      // One of two: an incident's last alert does not move.
      const [moved] = [await alert(), await alert()];
      return { alertIds: [String(moved)], into: await incident() };
    }
    case 'newIncident':
    case 'newTeamThing':
      return { team: 'Payments' };
    case 'team':
      return { name: 'Payments' };
    case 'teamsOfInvitation':
      return { teams: [{ team: 'Payments', role: 'VIEWER' }], team: 'Payments' };
    case 'integration': {
      const lists = { ignoreLabels: null, volatileAnnotations: null, staleAfterSeconds: null, staleAction: null };
      const { id } = await createIntegration(pool, {
        name,
        source: 'generic',
        team: 'Payments',
        environment: null,
        ...lists,
      });
      return { id: String(id), integrationId: String(id) };
    }
    case 'service':
      await one(
        `insert into service (name, name_key, kind, environments, team, aliases) values ($1, $1, 'x', '{}', 'Payments', '{}')`,
        [name],
      );
      return { name };
    case 'schedule': {
      const id = await one(
        `insert into schedule (name, name_key, team_id, time_zone) values ($1, $1, ${team}, 'UTC')`,
        [name],
      );
      if (key !== 'Mutation.deleteOverride') return { id, scheduleId: id, ...own };
      const override = `insert into schedule_override (schedule_id, person_id, starts_at, ends_at, created_by)
        select $1, id, now(), now() + interval '1 hour', 'author' from person where handle = 'author'`;
      return { id: await one(override, [id]) };
    }
    case 'policy':
      return {
        ...own,
        id: await one(`insert into escalation_policy (name, name_key, team_id) values ($1, $1, ${team})`, [name]),
      };
    case 'channel':
      return {
        ...own,
        id: await one(
          `insert into notification_channel (name, name_key, kind, team_id, settings, may_reach_private)
           values ($1, $1, 'webhook', ${team}, $2, true)`,
          [name, JSON.stringify({ url: sink })],
        ),
      };
    case 'runbook':
      return {
        ...own,
        id: await one(`insert into runbook (title, body, team_id, updated_by) values ($1, '', ${team}, 'author')`, [
          name,
        ]),
      };
    case 'automationRule':
      return {
        ...own,
        id: await one(
          `insert into automation_rule (name, ordinal, on_kinds, actions, team_id, created_by)
           values ($1, 1, '{incident.opened}', '[{}]', ${team}, 'author')`,
          [name],
        ),
      };
    case 'note':
      return onIncident(`insert into note (incident_id, author, text, created_at) values ($1, 'author', 'x', now())`);
    case 'task':
      return onIncident(
        `insert into task (incident_id, title, created_by, created_at) values ($1, 'x', 'author', now())`,
      );
    case 'attachment':
      return onIncident(
        `insert into attachment (incident_id, name, media_type, bytes, hash, uploaded_by, uploaded_at)
         values ($1, 'x', 'text/plain', 1, sha256('x'), 'author', now())`,
      );
    case 'pin':
      return onIncident(
        `insert into pin (incident_id, kind, event_xid, event_position, pinned_by, pinned_at) values ($1, 'event', '1', 1, 'author', now())`,
      );
    case 'link':
      return onIncident(
        `insert into incident_link (incident_id, kind, title, url, added_by, added_at) values ($1, 'other', 'x', 'https://x', 'author', now())`,
      );
    case 'incidentRunbook': {
      const runbook = await one(`insert into runbook (title, body, updated_by) values ($1, '', 'author')`, [name]);
      return {
        id: await one(
          `insert into incident_runbook (incident_id, runbook_id, runbook_version, title, body, attached_by, attached_at)
           values ($1, $2, 1, 'x', '', 'author', now())`,
          [await incident(), runbook],
        ),
      };
    }
    case 'update':
      return onIncident(
        `insert into stakeholder_update (incident_id, audience, state, title, body, progress, author, created_at)
         values ($1, 'internal', 'draft', 'x', 'x', 'identified', 'author', now())`,
      );
    case 'review':
      return onIncident(
        `insert into review (incident_id, title, author, created_at, updated_at) values ($1, 'x', 'author', now(), now())`,
      );
    case 'actionItem':
      return onIncident(
        `insert into action_item (incident_id, title, created_by, created_at) values ($1, 'x', 'author', now())`,
      );
    default:
      return {};
  }
}
