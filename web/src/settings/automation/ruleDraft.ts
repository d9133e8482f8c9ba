import type { EventKind } from '../../graphql/graphql.ts';
import { type ActionDraft, actionDraftOf, actionInputOf } from './actionForms.ts';
import type { RuleInput, RuleRow } from './automationQueries.ts';

/** A rule as it is edited. */
export interface Draft {
  readonly name: string;
  readonly isEnabled: boolean;
  readonly kinds: readonly EventKind[];
  readonly condition: string;
  readonly actions: readonly ActionDraft[];
  readonly team: string;
}

export function draftOf(rule: RuleRow | null): Draft {
  if (rule === null) {
    const action: ActionDraft = { kind: 'ADD_TAG', values: {} };
    return { name: '', isEnabled: true, kinds: ['INCIDENT_OPENED'], condition: '', actions: [action], team: '' };
  }
  const { name, isEnabled, kinds, condition, actions, team } = rule;
  return { name, isEnabled, kinds, condition: condition ?? '', actions: actions.map(actionDraftOf), team: team ?? '' };
}

export function inputOf(draft: Draft, id: string | null): RuleInput {
  const { name, isEnabled, kinds, condition, actions, team } = draft;
  return {
    id,
    name,
    isEnabled,
    kinds: [...kinds],
    condition: condition.trim() || null,
    actions: actions.map(actionInputOf),
    team: team.trim() || null,
  };
}
