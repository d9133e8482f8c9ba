import { ActionIcon, Button, NativeSelect, NumberInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { severities, severityWords } from '../../ui/words.ts';
import { useAct } from '../../ui/useAct.ts';
import { type NotificationSettings, type RuleRow, saveRules } from './notificationQueries.ts';

const topics = [
  { value: 'PAGE', label: 'I am paged' },
  { value: 'UPDATE', label: 'an incident I follow changes' },
  { value: 'PERSONAL', label: 'I am mentioned or reminded' },
] as const;

interface RuleProps {
  readonly rule: RuleRow;
  readonly contacts: NotificationSettings['contacts'];
  readonly number: number;
  readonly onChange: (patch: Partial<RuleRow>) => void;
  readonly onRemove: () => void;
}

/** Reads as a sentence: when I am paged, from high on, tell e-mail after 5 minutes. */
function Rule({ rule, contacts, number, onChange, onRemove }: RuleProps) {
  const named = (what: string) => `${what} of rule ${number}`;
  return (
    <li className="told-rule">
      <NativeSelect
        size="xs"
        aria-label={named('Occasion')}
        value={rule.topic}
        data={topics.map(({ value, label }) => ({ value, label: `When ${label}` }))}
        onChange={({ currentTarget: { value } }) =>
          onChange({ topic: topics.find((topic) => topic.value === value)?.value ?? rule.topic })
        }
      />
      <NativeSelect
        size="xs"
        aria-label={named('Severity')}
        value={rule.minSeverity}
        data={severities.map((value) => ({
          value,
          label: value === 'INFO' ? 'at any severity' : `from ${severityWords[value].toLowerCase()} on`,
        }))}
        onChange={({ currentTarget: { value } }) =>
          onChange({ minSeverity: severities.find((severity) => severity === value) ?? rule.minSeverity })
        }
      />
      <NativeSelect
        size="xs"
        aria-label={named('Contact')}
        value={rule.contact.id}
        data={contacts.map(({ id, name }) => ({ value: id, label: `tell ${name}` }))}
        onChange={({ currentTarget: { value } }) => {
          const contact = contacts.find(({ id }) => id === value);
          if (contact) onChange({ contact });
        }}
      />
      <NumberInput
        size="xs"
        aria-label={named('Minutes')}
        prefix="after "
        suffix=" min"
        min={0}
        max={1_440}
        value={Math.round(rule.delaySeconds / 60)}
        onChange={(value) => onChange({ delaySeconds: (Number(value) || 0) * 60 })}
      />
      <ActionIcon variant="subtle" color="gray" aria-label={`Remove rule ${number}`} onClick={onRemove}>
        <IconX size={15} aria-hidden="true" />
      </ActionIcon>
    </li>
  );
}

interface RulesProps {
  readonly settings: NotificationSettings;
  readonly onSaved: () => void;
}

export function Rules({ settings, onSaved }: RulesProps) {
  const [rules, setRules] = useState<readonly RuleRow[]>(settings.rules);
  const { act, isActing } = useAct();
  const [first] = settings.contacts;
  const isSame = JSON.stringify(rules) === JSON.stringify(settings.rules);
  const save = async () => {
    const inputs = rules.map(({ contact, topic, delaySeconds, minSeverity }) => ({
      topic,
      contactId: contact.id,
      delaySeconds,
      minSeverity,
    }));
    if (await act(saveRules, { rules: inputs, quietHours: null }, 'Rules saved')) onSaved();
  };
  return (
    <section className="told-part" aria-label="Rules">
      <h3>Rules</h3>
      {rules.length === 0 && (
        <p className="muted">Without rules a page goes to every contact at once, and all else to the first.</p>
      )}
      <ul className="told-rules">
        {rules.map((rule, index) => (
          <Rule
            // oxlint-disable-next-line react/no-array-index-key -- rules have no identity but their place
            key={index}
            rule={rule}
            contacts={settings.contacts}
            number={index + 1}
            onChange={(patch) => setRules(rules.map((each, at) => (at === index ? { ...each, ...patch } : each)))}
            onRemove={() => setRules(rules.filter((_, at) => at !== index))}
          />
        ))}
      </ul>
      <div className="told-bar">
        {first && (
          <Button
            size="xs"
            variant="default"
            onClick={() =>
              setRules([...rules, { topic: 'PAGE', delaySeconds: 0, minSeverity: 'INFO', contact: first }])
            }
          >
            Add a rule
          </Button>
        )}
        {!isSame && (
          <Button size="xs" loading={isActing} onClick={() => void save()}>
            Save the rules
          </Button>
        )}
      </div>
    </section>
  );
}
