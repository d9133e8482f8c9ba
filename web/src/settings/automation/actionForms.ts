import type { RuleInput } from './automationQueries.ts';

export type ActionKind = RuleInput['actions'][number]['kind'];

export interface Parameter {
  readonly name: string;
  readonly label: string;
  readonly placeholder?: string;
  readonly choices?: readonly string[];
}

const handle: Parameter = { name: 'handle', label: 'Person (handle)', placeholder: 'ada' };
const schedule: Parameter = { name: 'scheduleId', label: 'or schedule (number)', placeholder: 'whoever is on call' };
const channel: Parameter = { name: 'channelId', label: 'Channel (number)' };

/** What each action asks for. Kinds that are not here cannot be chosen yet. */
export const actionForms: Readonly<
  Partial<Record<ActionKind, { readonly title: string; readonly parameters: readonly Parameter[] }>>
> = {
  ASSIGN: { title: 'Assign', parameters: [handle, schedule] },
  ROUTE: { title: 'Route to a team', parameters: [{ name: 'team', label: 'Team' }] },
  SET_SEVERITY: {
    title: 'Set the severity',
    parameters: [{ name: 'severity', label: 'Severity', choices: ['critical', 'high', 'medium', 'low', 'info'] }],
  },
  SET_TYPE: {
    title: 'Change the type',
    parameters: [{ name: 'type', label: 'Key of the type', placeholder: 'security' }],
  },
  SET_FIELD: {
    title: 'Set a field',
    parameters: [
      { name: 'field', label: 'Key of the field' },
      { name: 'value', label: 'Value' },
    ],
  },
  ADD_TAG: { title: 'Add a tag', parameters: [{ name: 'tag', label: 'Tag' }] },
  ADD_ROLE: {
    title: 'Give a role',
    parameters: [
      { name: 'role', label: 'Role', choices: ['manager', 'responder', 'communications', 'reviewer', 'reporter'] },
      handle,
      schedule,
    ],
  },
  NOTIFY: {
    title: 'Notify',
    parameters: [{ name: 'text', label: 'Text' }, { ...handle }, { ...channel, label: 'or channel (number)' }],
  },
  WEBHOOK: { title: 'Call a webhook', parameters: [channel] },
  ADD_LINK: {
    title: 'Add a link',
    parameters: [
      { name: 'linkKind', label: 'Kind', choices: ['chat', 'call', 'ticket', 'document', 'other'] },
      { name: 'title', label: 'Title' },
      { name: 'url', label: 'Address', placeholder: 'https://…' },
    ],
  },
  CREATE_TASK: {
    title: 'Create a task',
    parameters: [
      { name: 'title', label: 'Task' },
      { name: 'assignee', label: 'Person (handle)' },
    ],
  },
  ATTACH_RUNBOOK: { title: 'Attach a runbook', parameters: [{ name: 'runbookId', label: 'Runbook (number)' }] },
};

export const actionKinds = Object.keys(actionForms).filter((kind): kind is ActionKind => kind in actionForms);

export interface ActionDraft {
  readonly kind: ActionKind;
  readonly values: Readonly<Record<string, string>>;
}

export function actionDraftOf(action: { readonly kind: ActionKind; readonly parameters: string }): ActionDraft {
  const parsed: unknown = JSON.parse(action.parameters);
  const entries = typeof parsed === 'object' && parsed !== null ? Object.entries(parsed) : [];
  return {
    kind: action.kind,
    values: Object.fromEntries(entries.map(([name, value]) => [name, value === null ? '' : String(value)])),
  };
}

/** What was left empty is left out, so that the server's own values count. */
export function actionInputOf({ kind, values }: ActionDraft): { kind: ActionKind; parameters: string } {
  const names = (actionForms[kind]?.parameters ?? []).map(
    ({ name, choices }) => [name, values[name] || choices?.[0] || ''] as const,
  );
  return { kind, parameters: JSON.stringify(Object.fromEntries(names.filter(([, value]) => value !== ''))) };
}
