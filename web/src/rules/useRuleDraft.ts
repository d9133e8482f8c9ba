import { useCallback, useEffect } from 'react';
import type { CombinedError } from 'urql';
import { useLiveQuery } from '../graphql/useLiveQuery.ts';
import { createStore, useStore } from '../ui/createStore.ts';
import {
  type DraftAction,
  type DraftBase,
  draftRulesOf,
  type DraftState,
  isChanged,
  reduceDraft,
} from './ruleDraft.ts';
import { type RuleSet, ruleSetQuery } from './rulesQueries.ts';
import { useRefetchEvery } from './useRefetchEvery.ts';

/** Outside of the screen, so that a look at another page does not cost the draft. */
const draftStore = createStore<DraftState | null>(null);

/** Match counts move, and others save. */
const refreshMs = 20_000;

export function baseOf({ version, rules }: Pick<RuleSet, 'version' | 'rules'>): DraftBase {
  return { version, rules: draftRulesOf(rules) };
}

export interface RuleDraft {
  readonly draft: DraftState | null;
  /** What the server has now. */
  readonly current: RuleSet | undefined;
  readonly error: CombinedError | undefined;
  readonly isDirty: boolean;
  /** Somebody else saved since the draft was begun. */
  readonly hasConflict: boolean;
  readonly dispatch: (action: DraftAction) => void;
  readonly refetch: () => void;
}

/** The rules as they are saved and the draft on top of them. */
export function useRuleDraft(): RuleDraft {
  const { data, error, refetch } = useLiveQuery({ query: ruleSetQuery, variables: { version: null } });
  const draft = useStore(draftStore);
  const current = data?.ruleSet;
  const dispatch = useCallback((action: DraftAction) => {
    const before = draftStore.get();
    if (before) draftStore.set(reduceDraft(before, action));
  }, []);
  useEffect(() => {
    if (!current) return;
    const base = baseOf(current);
    if (draftStore.get()) dispatch({ type: 'loaded', base });
    else draftStore.set({ base, rules: base.rules });
  }, [current, dispatch]);
  useRefetchEvery(refetch, refreshMs);
  const isDirty = draft !== null && isChanged(draft);
  const hasConflict = isDirty && current !== undefined && current.version !== draft.base.version;
  return { draft, current, error, isDirty, hasConflict, dispatch, refetch };
}
