import type { ActionItemKind } from './actionItem.js';
import type { EventKind } from './event.js';
import type { IncidentRole } from './incidentRole.js';
import type { Severity } from './severity.js';
import type { Audience, UpdateProgress } from './stakeholderUpdate.js';

export const actionKinds = [
  'assign',
  'route',
  'setField',
  'setSeverity',
  'setType',
  'addTag',
  'addRole',
  'notify',
  'addLink',
  'createActionItem',
  'createTask',
  'attachRunbook',
  'webhook',
  'startEscalation',
  'postUpdate',
] as const;
export type ActionKind = (typeof actionKinds)[number];

/** Somebody by name, or whoever is on call by then. */
export interface Whom {
  readonly handle: string | null;
  readonly scheduleId: number | null;
}

export type AutomationAction =
  | ({ readonly kind: 'assign' } & Whom)
  | { readonly kind: 'route'; readonly team: string }
  | { readonly kind: 'setField'; readonly field: string; readonly value: string | number | null }
  | { readonly kind: 'setSeverity'; readonly severity: Severity }
  | { readonly kind: 'setType'; readonly type: string }
  | { readonly kind: 'addTag'; readonly tag: string }
  | ({ readonly kind: 'addRole'; readonly role: IncidentRole } & Whom)
  | {
      readonly kind: 'notify';
      readonly channelId: number | null;
      readonly handle: string | null;
      readonly text: string;
    }
  | {
      readonly kind: 'addLink';
      readonly linkKind: 'chat' | 'call' | 'ticket' | 'document' | 'other';
      readonly title: string;
      readonly url: string;
    }
  | { readonly kind: 'createTask'; readonly title: string; readonly assignee: string | null }
  | {
      readonly kind: 'createActionItem';
      readonly title: string;
      readonly itemKind: ActionItemKind;
      readonly owner: string | null;
      readonly dueInDays: number | null;
    }
  | { readonly kind: 'attachRunbook'; readonly runbookId: number }
  | {
      readonly kind: 'startEscalation';
      /** Null: the one that the incident is under. */
      readonly policyId: number | null;
      /** The step to begin with, from 1. */
      readonly level: number | null;
    }
  | {
      readonly kind: 'postUpdate';
      readonly audience: Audience;
      readonly progress: UpdateProgress;
      readonly title: string;
      /** Markdown. */
      readonly body: string;
    }
  | { readonly kind: 'webhook'; readonly channelId: number };

export interface AutomationRule {
  readonly id: number;
  readonly version: number;
  readonly name: string;
  readonly isEnabled: boolean;
  readonly kinds: readonly EventKind[];
  /** Over the incident and the event; null: always. */
  readonly condition: string | null;
  readonly actions: readonly AutomationAction[];
  readonly teamId: number | null;
  /** Its name. */
  readonly team: string | null;
}

export const automationLimits = { depth: 3, runsPerIncidentAndHour: 20, rules: 200, actions: 20, kinds: 50 } as const;

/** The actor of what a rule does. */
export function automationActor(rule: string): { readonly kind: 'system'; readonly name: string } {
  return { kind: 'system', name: `automation/${rule}` };
}

/** Why a rule may not run on an event; null: it may. */
export function loopRefusal(asked: {
  readonly ruleId: number;
  /** Of the run to be: 1 where nothing automatic set it off. */
  readonly depth: number;
  readonly causedByRules: readonly number[];
  readonly runsLastHour: number;
}): string | null {
  if (asked.causedByRules.includes(asked.ruleId)) return 'The rule itself caused the event.';
  if (asked.depth > automationLimits.depth) return `Rules set each other off more than ${automationLimits.depth} deep.`;
  if (asked.runsLastHour >= automationLimits.runsPerIncidentAndHour) {
    return `The rule ran ${automationLimits.runsPerIncidentAndHour} times on this incident within an hour.`;
  }
  return null;
}

/** What an action does, in words. */
export function actionSentence(action: AutomationAction): string {
  switch (action.kind) {
    case 'assign':
      return `assign ${whom(action)}`;
    case 'route':
      return `route to ${action.team}`;
    case 'setField':
      return action.value === null ? `clear ${action.field}` : `set ${action.field} to ${action.value}`;
    case 'setSeverity':
      return `set the severity to ${action.severity}`;
    case 'setType':
      return `make it ${action.type}`;
    case 'addTag':
      return `tag it ${action.tag}`;
    case 'addRole':
      return `make ${whom(action)} ${action.role}`;
    case 'notify':
      return `notify ${action.handle ?? `channel ${action.channelId}`}`;
    case 'addLink':
      return `add the link ${action.title}`;
    case 'createTask':
      return `create the task ${action.title}`;
    case 'createActionItem':
      return `create the action item ${action.title}`;
    case 'startEscalation':
      return action.policyId === null ? 'start its escalation' : `start escalation policy ${action.policyId}`;
    case 'postUpdate':
      return `post the ${action.audience} update ${action.title}`;
    case 'attachRunbook':
      return `attach runbook ${action.runbookId}`;
    case 'webhook':
      return `call webhook ${action.channelId}`;
  }
}

function whom({ handle, scheduleId }: Whom): string {
  return handle ?? (scheduleId === null ? 'nobody' : `who is on call for schedule ${scheduleId}`);
}
