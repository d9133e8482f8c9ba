import { notifications } from '@mantine/notifications';
import { useCallback, useState } from 'react';
import type { CombinedError } from 'urql';
import { client } from '../graphql/client.ts';
import { codeOf, sentenceOf } from '../graphql/errors.ts';
import { type DraftState, ruleInputOf } from './ruleDraft.ts';
import { saveRuleSet } from './rulesQueries.ts';
import { baseOf, type RuleDraft } from './useRuleDraft.ts';

/** The place of the rule that was refused: `rules[2].match` is 2. */
function refusedPlace(error: CombinedError): number | null {
  const field = error.graphQLErrors[0]?.extensions['field'];
  const found = typeof field === 'string' ? /^rules\[(\d+)\]/.exec(field) : null;
  return found ? Number(found[1]) : null;
}

interface Saving {
  readonly isSaving: boolean;
  /** True when it was saved. */
  readonly save: (draft: DraftState, comment: string) => Promise<boolean>;
}

/** Saves the draft as the next version; a conflict reloads, and a refused rule is opened. */
export function useSaveRules({ dispatch, refetch }: RuleDraft, onRefused: (key: string) => void): Saving {
  const [isSaving, setSaving] = useState(false);
  const save = useCallback(
    async (draft: DraftState, comment: string) => {
      setSaving(true);
      const rules = draft.rules.map(ruleInputOf);
      const variables = { rules, expectedVersion: draft.base.version, comment: comment.trim() || null };
      const { data, error } = await client.mutation(saveRuleSet, variables).toPromise();
      setSaving(false);
      if (data) {
        dispatch({ type: 'saved', base: baseOf(data.saveRuleSet) });
        refetch();
        notifications.show({ message: `Saved as version ${data.saveRuleSet.version}`, autoClose: 3_000 });
        return true;
      }
      if (!error) return false;
      const isConflict = codeOf(error) === 'CONFLICT';
      if (isConflict) refetch();
      const refused = draft.rules[refusedPlace(error) ?? -1];
      if (refused) onRefused(refused.key);
      notifications.show({
        color: 'red',
        title: isConflict ? 'Somebody else saved meanwhile' : 'That was not saved',
        message: isConflict ? 'Your draft is kept. Look at what they changed, then decide.' : sentenceOf(error),
        autoClose: 8_000,
        role: 'alert',
      });
      return isConflict;
    },
    [dispatch, refetch, onRefused],
  );
  return { isSaving, save };
}
