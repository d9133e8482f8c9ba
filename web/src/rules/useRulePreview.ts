import { type CombinedError, useQuery } from 'urql';
import { type DraftRule, newRule, ruleInputOf } from './ruleDraft.ts';
import { previewRuleQuery, type RulePreview } from './rulesQueries.ts';
import { useSettled } from './useSettled.ts';

export interface Preview {
  /** The last answer stays while the next one is on its way. */
  readonly preview: RulePreview | undefined;
  readonly error: CombinedError | undefined;
  readonly isBehind: boolean;
}

const settleMs = 300;
/** Stands in while the query is paused; never sent. */
const standIn = ruleInputOf(newRule(''));

/** What a rule would do with an alert, as the server sees it. */
export function useRulePreview(rule: DraftRule | null, alertId: string | null): Preview {
  const question = rule && { ...ruleInputOf(rule), name: rule.name.trim() || 'Draft' };
  const { value: input, isBehind } = useSettled(question, settleMs);
  const [{ data, error, fetching }] = useQuery({
    query: previewRuleQuery,
    variables: { rule: input ?? standIn, alertId: alertId ?? '' },
    pause: input === null || alertId === null,
  });
  return { preview: data?.previewRule, error, isBehind: fetching || isBehind };
}
