import { NativeSelect } from '@mantine/core';
import { DurationInput } from './DurationInput.tsx';
import type { RuleFieldsProps } from './RuleEditor.tsx';
import { resolveWords } from './ruleWords.ts';

/** How it ends, and how soon after that it may come back. */
export function EndingFields({ rule, set }: RuleFieldsProps) {
  return (
    <fieldset className="rule-part">
      <legend>When it ends</legend>
      <NativeSelect
        label="It resolves"
        value={rule.resolve}
        onChange={(event) => set({ resolve: event.currentTarget.value === 'MANUAL' ? 'MANUAL' : 'ALL_RESOLVED' })}
        data={[
          { value: 'ALL_RESOLVED', label: resolveWords.ALL_RESOLVED },
          { value: 'MANUAL', label: resolveWords.MANUAL },
        ]}
      />
      <div className="rule-pair">
        <DurationInput
          label="Quiet period"
          description="How long all must have been resolved first."
          seconds={rule.quietPeriodSeconds}
          onChange={(quietPeriodSeconds) => set({ quietPeriodSeconds })}
          isDisabled={rule.resolve === 'MANUAL'}
        />
        <DurationInput
          label="Reopens within"
          description="Firing again this soon is the same incident."
          seconds={rule.reopenWindowSeconds}
          onChange={(reopenWindowSeconds) => set({ reopenWindowSeconds })}
        />
      </div>
    </fieldset>
  );
}
