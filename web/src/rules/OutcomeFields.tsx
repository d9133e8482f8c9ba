import { Autocomplete, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from 'urql';
import { ownerNamesQuery } from '../oncall/ownerNames.ts';
import { severities, severityWords } from '../ui/words.ts';
import type { RuleFieldsProps } from './RuleEditor.tsx';
import { notifyWords } from './ruleWords.ts';

/** What the incident is called, whose it is and who hears of it. */
export function OutcomeFields({ rule, set }: RuleFieldsProps) {
  const [{ data }] = useQuery({ query: ownerNamesQuery, variables: {} });
  return (
    <fieldset className="rule-part">
      <legend>What it becomes</legend>
      <TextInput
        label="Title"
        description="{{service}} and {{labels.name}} stand for those of the first alert. Empty: the first alert’s title."
        placeholder="{{service}}: {{labels.alertname}}"
        value={rule.titleTemplate ?? ''}
        onChange={(event) => set({ titleTemplate: event.currentTarget.value || null })}
        maxLength={300}
      />
      <div className="rule-pair">
        <NativeSelect
          label="Severity"
          value={rule.severity ?? ''}
          onChange={({ currentTarget: { value } }) =>
            set({ severity: severities.find((each) => each === value) ?? null })
          }
          data={[
            { value: '', label: 'the worst of its alerts' },
            ...severities.map((value) => ({ value, label: severityWords[value] })),
          ]}
        />
        <Autocomplete
          label="Team"
          placeholder="the service’s own"
          value={rule.team ?? ''}
          onChange={(team) => set({ team: team || null })}
          data={(data?.teams ?? []).map(({ name }) => name)}
          maxLength={100}
        />
      </div>
      <Autocomplete
        label="Escalation policy"
        placeholder="the service’s, else the team’s"
        value={rule.escalationPolicy ?? ''}
        onChange={(policy) => set({ escalationPolicy: policy || null })}
        data={(data?.escalationPolicies ?? []).map(({ name }) => name)}
        maxLength={100}
      />
      <NativeSelect
        label="Who hears of it"
        value={rule.notify}
        onChange={(event) => set({ notify: event.currentTarget.value === 'RECORD' ? 'RECORD' : 'PAGE' })}
        data={[
          { value: 'PAGE', label: notifyWords.PAGE },
          { value: 'RECORD', label: notifyWords.RECORD },
        ]}
      />
    </fieldset>
  );
}
