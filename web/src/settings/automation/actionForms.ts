import type { ActionTargets, RuleInput } from './automationQueries.ts';

export type ActionKind = RuleInput['actions'][number]['kind'];

export interface Parameter {
  readonly name: string;
  readonly label: string;
  readonly placeholder?: string;
  readonly choices?: readonly string[];
  /** Chosen among what there is, instead of written. */
  readonly from?: keyof ActionTargets;
}

const handle: Parameter = { name: 'handle', label: 'Person', from: 'people' };
const schedule: Parameter = { name: 'scheduleId', label: 'or whoever is on call for', from: 'schedules' };
const channel: Parameter = { name: 'channelId', label: 'Channel', from: 'notificationChannels' };

/** What each action asks for. */
export const actionForms: Readonly<
  Record<ActionKind, { readonly title: string; readonly parameters: readonly Parameter[] }>
> = {
  ASSIGN: { title: 'Assign', parameters: [handle, schedule] },
  ROUTE: { title: 'Route to a team', parameters: [{ name: 'team', label: 'Team', from: 'teams' }] },
  SET_SEVERITY: {
    title: 'Set the severity',
    parameters: [{ name: 'severity', label: 'Severity', choices: ['critical', 'high', 'medium', 'low', 'info'] }],
  },
  SET_TYPE: {
    title: 'Change the type',
    parameters: [{ name: 'type', label: 'Type', from: 'incidentTypes' }],
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
    parameters: [{ name: 'text', label: 'Text' }, handle, { ...channel, label: 'or channel' }],
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
      { name: 'assignee', label: 'Whose it is', from: 'people' },
    ],
  },
  CREATE_ACTION_ITEM: {
    title: 'Create an action item',
    parameters: [
      { name: 'title', label: 'Action item' },
      { name: 'itemKind', label: 'Kind', choices: ['prevent', 'detect', 'mitigate', 'process'] },
      { name: 'owner', label: 'Owner (handle)' },
      { name: 'dueInDays', label: 'Due in days' },
    ],
  },
  START_ESCALATION: {
    title: 'Start an escalation',
    parameters: [
      { name: 'policyId', label: 'Policy (number)', placeholder: 'its own' },
      { name: 'level', label: 'From step', placeholder: '1' },
    ],
  },
  POST_UPDATE: {
    title: 'Post an update',
    parameters: [
      { name: 'audience', label: 'For', choices: ['internal', 'public'] },
      { name: 'progress', label: 'Progress', choices: ['investigating', 'identified', 'monitoring', 'resolved'] },
      { name: 'title', label: 'Title' },
      { name: 'body', label: 'Text' },
    ],
  },
  ATTACH_RUNBOOK: {
    title: 'Attach a runbook',
    parameters: [{ name: 'runbookId', label: 'Runbook', from: 'runbooks' }],
  },
};

export const actionKinds = Object.keys(actionForms).filter((kind): kind is ActionKind => kind in actionForms);

interface Option {
  readonly value: string;
  readonly label: string;
}

/** What a parameter is chosen from; as rules keep it, a person by handle, a team by name, a type by key, all else by id. */
export function optionsOf(targets: ActionTargets | undefined, from: keyof ActionTargets): Option[] {
  if (targets === undefined) return [];
  if (from === 'people') return targets.people.map(({ handle: value, name: label }) => ({ value, label }));
  if (from === 'incidentTypes') return targets.incidentTypes.map(({ key: value, title: label }) => ({ value, label }));
  if (from === 'runbooks') return targets.runbooks.map(({ id: value, title: label }) => ({ value, label }));
  if (from === 'teams') return targets.teams.map(({ name }) => ({ value: name, label: name }));
  return targets[from].map(({ id: value, name: label }) => ({ value, label }));
}

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
