import { Chip, Group, NativeSelect, NumberInput, TagsInput } from '@mantine/core';
import { useQuery } from 'urql';
import { labelNamesQuery } from '../alerts/alertsQueries.ts';
import { DurationInput } from './DurationInput.tsx';
import type { RuleFieldsProps } from './RuleEditor.tsx';
import { groupFieldWords, missingWords } from './ruleWords.ts';

const labelPrefix = 'labels.';

function GroupBy({ rule, set }: RuleFieldsProps) {
  const [{ data }] = useQuery({ query: labelNamesQuery, variables: { prefix: null } });
  const fields = rule.groupBy.filter((each) => !each.startsWith(labelPrefix));
  const labels = rule.groupBy.filter((each) => each.startsWith(labelPrefix));
  return (
    <>
      <div role="group" aria-labelledby="rule-same" className="rule-same">
        <span id="rule-same" className="rule-label">
          Alerts of one incident have the same
        </span>
        <Chip.Group multiple value={fields} onChange={(next) => set({ groupBy: [...next, ...labels] })}>
          <Group gap="0.375rem">
            {Object.entries(groupFieldWords).map(([field, word]) => (
              <Chip key={field} value={field} size="xs" variant="outline">
                {word}
              </Chip>
            ))}
          </Group>
        </Chip.Group>
      </div>
      <TagsInput
        label="and the same labels"
        description="Type a label’s name and press Enter. Nothing chosen here or above: grouped as the built-in rule does."
        value={labels.map((each) => each.slice(labelPrefix.length))}
        data={data?.labelNames ?? []}
        onChange={(next) => set({ groupBy: [...fields, ...next.map((each) => labelPrefix + each.trim())] })}
        acceptValueOnBlur
        maxDropdownHeight={180}
      />
    </>
  );
}

/** What belongs together, and for how long. */
export function GroupingFields({ rule, set }: RuleFieldsProps) {
  return (
    <fieldset className="rule-part">
      <legend>What belongs together</legend>
      <GroupBy rule={rule} set={set} />
      <NativeSelect
        label="If an alert lacks one of these"
        description="There is never one bucket for all that lack it."
        value={rule.onMissingLabel}
        onChange={(event) => set({ onMissingLabel: event.currentTarget.value === 'OWN' ? 'OWN' : 'SKIP' })}
        data={[
          { value: 'SKIP', label: missingWords.SKIP },
          { value: 'OWN', label: missingWords.OWN },
        ]}
      />
      <div className="rule-pair">
        <DurationInput
          label="Window"
          description="After the last activity, how long another alert still joins."
          seconds={rule.windowSeconds}
          onChange={(windowSeconds) => set({ windowSeconds })}
          min={1}
        />
        <DurationInput
          label="Oldest"
          description="An incident older than this takes no more alerts."
          seconds={rule.maxAgeSeconds}
          onChange={(maxAgeSeconds) => set({ maxAgeSeconds })}
          min={1}
        />
      </div>
      <NumberInput
        label="Dependencies"
        description="How many steps away a failing service may be for its incident to take the alert. 0: services are never joined."
        value={rule.maxHops}
        onChange={(value) => set({ maxHops: Number(value) || 0 })}
        min={0}
        max={5}
        allowDecimal={false}
        className="rule-hops"
      />
    </fieldset>
  );
}
