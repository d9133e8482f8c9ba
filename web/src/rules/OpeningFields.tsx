import { NumberInput, Switch } from '@mantine/core';
import { DurationInput } from './DurationInput.tsx';
import type { RuleFieldsProps } from './RuleEditor.tsx';

/** What has to happen before an incident opens. */
export function OpeningFields({ rule, set }: RuleFieldsProps) {
  const hasThreshold = rule.thresholdCount !== null;
  const hasHold = rule.holdSeconds > 0;
  return (
    <fieldset className="rule-part">
      <legend>When it opens</legend>
      <Switch
        label="Only after several alerts"
        description="A threshold: fewer are kept, and open nothing."
        checked={hasThreshold}
        onChange={(event) =>
          set(
            event.currentTarget.checked
              ? { thresholdCount: 3, thresholdSeconds: 600 }
              : { thresholdCount: null, thresholdSeconds: null },
          )
        }
      />
      {hasThreshold && (
        <div className="rule-pair rule-under">
          <NumberInput
            label="Alerts"
            value={rule.thresholdCount ?? 2}
            onChange={(value) => set({ thresholdCount: Math.max(2, Number(value) || 2) })}
            min={2}
            max={10_000}
            allowDecimal={false}
          />
          <DurationInput
            label="within"
            seconds={rule.thresholdSeconds ?? 600}
            onChange={(thresholdSeconds) => set({ thresholdSeconds })}
            min={1}
          />
        </div>
      )}
      <Switch
        label="Only if it still fires a while later"
        description="A hold: what comes and goes by itself wakes nobody."
        checked={hasHold}
        onChange={(event) => set({ holdSeconds: event.currentTarget.checked ? 120 : 0 })}
      />
      {hasHold && (
        <div className="rule-pair rule-under">
          <DurationInput
            label="Still firing after"
            seconds={rule.holdSeconds}
            onChange={(holdSeconds) => set({ holdSeconds })}
            min={1}
          />
        </div>
      )}
    </fieldset>
  );
}
