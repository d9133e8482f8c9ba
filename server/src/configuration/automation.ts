import type { AutomationAction, AutomationRule } from '@tocsin/schema/domain/automation';
import { parseAction } from '@tocsin/schema/domain/automationInput';
import { type AutomationEntry, automationFormat } from '@tocsin/schema/domain/configuration/automation';
import { DomainFailure } from '@tocsin/schema/domain/errors';
import {
  automationRules,
  deleteAutomationRuleIn,
  reorderAutomationRulesIn,
  saveAutomationRuleIn,
} from '@tocsin/schema/postgres/automationRule';
import type { NamedKind } from '@tocsin/schema/postgres/configurationNames';
import { knownKinds } from './eventKinds.js';
import type { Names } from './names.js';
import { section } from './section.js';

type ActionEntry = AutomationEntry['actions'][number];

export const automationSection = section<AutomationEntry>({
  format: automationFormat,
  read: async (db, names) => (await automationRules(db)).map((rule) => ({ id: rule.id, entry: entryOf(rule, names) })),
  settle: (rule, names, at) => ({
    ...rule,
    team: names.spell('team', rule.team, `${at}.team`),
    kinds: knownKinds(rule.kinds, `${at}.kinds`),
    actions: rule.actions.map((action, index) => {
      const place = `${at}.actions[${index}]`;
      return actionEntryOf(actionOf(action, names, place), names);
    }),
  }),
  save: (db, id, { name, isEnabled, team, kinds, condition, actions }, names, edit) => {
    const draft = {
      name,
      isEnabled,
      kinds: knownKinds(kinds, 'kinds'),
      condition,
      actions: actions.map((action, index) => actionOf(action, names, `actions[${index}]`)),
      teamId: names.idOf('team', team),
    };
    return saveAutomationRuleIn(db, { id, draft, expectedVersion: null }, edit);
  },
  remove: (db, { id }, edit) => deleteAutomationRuleIn(db, id ?? 0, edit),
  arrange: reorderAutomationRulesIn,
});

function entryOf({ name, isEnabled, team, kinds, condition, actions }: AutomationRule, names: Names): AutomationEntry {
  return {
    name,
    isEnabled,
    team,
    kinds: [...kinds],
    condition,
    actions: actions.map((action) => actionEntryOf(action, names)),
  };
}

/** Parameters that are ids in the rule, and names in a file. */
const references: Readonly<Record<string, { readonly key: string; readonly kind: NamedKind }>> = {
  scheduleId: { key: 'schedule', kind: 'schedule' },
  channelId: { key: 'channel', kind: 'channel' },
  runbookId: { key: 'runbook', kind: 'runbook' },
};
/** Parameters that are names in both. */
const named: Readonly<Record<string, NamedKind>> = {
  handle: 'person',
  assignee: 'person',
  team: 'team',
  type: 'incident type',
};

function actionEntryOf({ kind, ...parameters }: AutomationAction, names: Names): ActionEntry {
  const inFile = Object.entries(parameters)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([parameter, value]) => {
      if (value === null && parameter !== 'value') return [];
      const reference = references[parameter];
      if (reference === undefined) return [[parameter, value] as const];
      return [[reference.key, names.nameOf(reference.kind, Number(value))] as const];
    });
  return { kind, ...Object.fromEntries(inFile) };
}

/** @throws DomainFailure INVALID_INPUT for what there is not, and for parameters that the action has not */
function actionOf({ kind, ...inFile }: ActionEntry, names: Names, at: string): AutomationAction {
  const parameters = Object.entries(inFile).map(([key, value]) => {
    const reference = Object.entries(references).find(([, each]) => each.key === key);
    if (reference !== undefined && typeof value === 'string') {
      return [reference[0], names.find(reference[1].kind, value, `${at}.${key}`).id] as const;
    }
    const known = named[key];
    if (known === undefined || typeof value !== 'string') return [key, value] as const;
    return [key, names.find(known, value, `${at}.${key}`).name] as const;
  });
  const parsed = parseAction(kind, JSON.stringify(Object.fromEntries(parameters)), at);
  if (!parsed.ok) throw new DomainFailure(parsed.error);
  return parsed.action;
}
