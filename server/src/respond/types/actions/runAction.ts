import type { AutomationAction, AutomationRule } from '@tocsin/schema/domain/automation';
import type { Actor, LogEvent } from '@tocsin/schema/domain/event';
import type { Incident } from '@tocsin/schema/domain/incident';
import { createActionItem } from '@tocsin/schema/postgres/actionItemWrite';
import { startEscalation } from '@tocsin/schema/postgres/escalationStart';
import { lockOne, writeTransition } from '@tocsin/schema/postgres/incidentCommands';
import { changeIncidentType, editLocked } from '@tocsin/schema/postgres/incidentEdit';
import { addLinkIn } from '@tocsin/schema/postgres/incidentLink';
import { assignRole } from '@tocsin/schema/postgres/incidentRole';
import { attachRunbookIn } from '@tocsin/schema/postgres/incidentRunbook';
import { addNotifications } from '@tocsin/schema/postgres/notificationWrite';
import type { Queryable } from '@tocsin/schema/postgres/pool';
import { saveUpdateIn, submitUpdateIn } from '@tocsin/schema/postgres/stakeholderUpdateWrite';
import { createTaskIn } from '@tocsin/schema/postgres/task';
import { incidentReference } from '@tocsin/schema/domain/incident';
import { personOf } from './person.js';

const dayMs = 86_400_000;

export interface ActionContext {
  readonly rule: AutomationRule;
  readonly event: LogEvent;
  readonly incidentId: number;
  readonly index: number;
  readonly actor: Actor;
  /** Epoch milliseconds. */
  readonly now: number;
}

/**
 * Does one action on an incident that the caller has locked, in the caller's transaction; no network.
 * @throws DomainFailure why it cannot be done
 */
export async function runAction(db: Queryable, action: AutomationAction, context: ActionContext): Promise<void> {
  const { incidentId, actor, now } = context;
  switch (action.kind) {
    case 'assign': {
      const { handle } = await personOf(db, action, now);
      await writeTransition(db, await lockOne(db, incidentId), { type: 'assign', assignee: handle }, actor, now);
      return;
    }
    case 'route':
      await editLocked(db, await lockOne(db, incidentId), { team: action.team }, actor, now);
      return;
    case 'setField': {
      const customFields = [{ key: action.field, value: action.value }];
      await editLocked(db, await lockOne(db, incidentId), { customFields }, actor, now);
      return;
    }
    case 'setSeverity': {
      const command = { type: 'changeSeverity', severity: action.severity } as const;
      await writeTransition(db, await lockOne(db, incidentId), command, actor, now);
      return;
    }
    case 'setType':
      await changeIncidentType(db, { incidentId, type: action.type, expectedVersion: null }, actor, now);
      return;
    case 'addTag': {
      const locked = await lockOne(db, incidentId);
      const tags = [...new Set([...locked.incident.tags, action.tag])];
      await editLocked(db, locked, { tags }, actor, now);
      return;
    }
    case 'addRole': {
      const { id: personId } = await personOf(db, action, now);
      await assignRole(db, { incidentId, role: action.role, personId }, actor, now);
      return;
    }
    case 'notify':
    case 'webhook':
      return tell(db, action, context);
    default:
      return add(db, action, context);
  }
}

type Added = Extract<
  AutomationAction,
  {
    readonly kind: 'addLink' | 'createTask' | 'createActionItem' | 'attachRunbook' | 'startEscalation' | 'postUpdate';
  }
>;

/** What hangs on the incident, which itself stays as it is. */
async function add(db: Queryable, action: Added, { incidentId, actor, now }: ActionContext): Promise<void> {
  const edit = { actor, now };
  switch (action.kind) {
    case 'addLink': {
      const { linkKind: kind, title, url } = action;
      await addLinkIn(db, incidentId, { kind, title, url }, edit);
      return;
    }
    case 'createTask': {
      const { title, assignee: handle } = action;
      const assigneeId = handle === null ? null : (await personOf(db, { handle, scheduleId: null }, now)).id;
      await createTaskIn(db, incidentId, { title, assigneeId, dueAt: null }, edit);
      return;
    }
    case 'attachRunbook':
      await attachRunbookIn(db, incidentId, action.runbookId, edit);
      return;
    case 'createActionItem': {
      const { title, itemKind: kind, owner, dueInDays } = action;
      const ownerId = owner === null ? null : (await personOf(db, { handle: owner, scheduleId: null }, now)).id;
      const dueOn = dueInDays === null ? null : new Date(now + dueInDays * dayMs).toISOString().slice(0, 10);
      const item = { incidentId, title, description: null, kind, ownerId, dueOn, ticketUrl: null };
      await createActionItem(db, item, edit);
      return;
    }
    case 'startEscalation': {
      const { policyId, level } = action;
      await startEscalation(db, incidentId, { reason: 'automation', policyId, level, by: actor }, now);
      return;
    }
    case 'postUpdate': {
      const { audience, progress, title, body } = action;
      const draft = { id: null, incidentId, audience, progress, title, body, components: [], templateId: null };
      const saved = await saveUpdateIn(db, draft, null, edit);
      // Where the type or the page wants a second person, it waits for one as everybody's does.
      await submitUpdateIn(db, saved.id, saved.version, edit);
      return;
    }
  }
}

/** An outbox row: who sends it does so later, and again where that fails. */
async function tell(
  db: Queryable,
  action: Extract<AutomationAction, { kind: 'notify' | 'webhook' }>,
  { rule, event, incidentId, index, now }: ActionContext,
): Promise<void> {
  const { incident } = await lockOne(db, incidentId);
  const person =
    action.kind === 'notify' && action.handle !== null
      ? await personOf(db, { handle: action.handle, scheduleId: null }, now)
      : null;
  const to =
    person === null
      ? ({ kind: 'channel', channelId: action.channelId ?? 0 } as const)
      : ({ kind: 'person', personId: person.id } as const);
  const text = action.kind === 'notify' ? action.text : sentenceOf(rule, incident);
  const ask = {
    // One message for one action on one event.
    key: `automation/${rule.id}/${event.cursor.xid}_${event.cursor.position}/${index}`,
    topic: person === null ? 'update' : 'personal',
    to,
    incidentId,
    pageId: null,
    severity: incident.severity,
    template: 'automation',
    values: { title: `${incidentReference(incidentId)} ${incident.title}`, text, rule: rule.name, event: event.kind },
  } as const;
  await addNotifications(db, [ask], now);
}

function sentenceOf({ name }: AutomationRule, { id, phase, severity }: Incident): string {
  return `${name}: ${incidentReference(id)} is ${phase}, severity ${severity}.`;
}
