import { ActionIcon, Button, Menu, Switch, TextInput } from '@mantine/core';
import { IconCopy, IconDots, IconTrash } from '@tabler/icons-react';
import { ExpressionField } from './ExpressionField.tsx';
import type { DraftRule, RulePatch } from './ruleDraft.ts';
import './ruleEditor.css';
import { EndingFields } from './EndingFields.tsx';
import { GroupingFields } from './GroupingFields.tsx';
import { OpeningFields } from './OpeningFields.tsx';
import { OutcomeFields } from './OutcomeFields.tsx';

export interface RuleFieldsProps {
  readonly rule: DraftRule;
  readonly set: (patch: RulePatch) => void;
}

interface RuleEditorProps extends RuleFieldsProps {
  readonly onDuplicate: () => void;
  readonly onRemove: () => void;
}

function More({ onDuplicate, onRemove }: Pick<RuleEditorProps, 'onDuplicate' | 'onRemove'>) {
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label="More about this rule">
          <IconDots size={18} stroke={1.7} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconCopy size={15} stroke={1.7} aria-hidden="true" />} onClick={onDuplicate}>
          Duplicate
        </Menu.Item>
        <Menu.Item color="red" leftSection={<IconTrash size={15} stroke={1.7} aria-hidden="true" />} onClick={onRemove}>
          Remove from the draft
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** Every field of one rule, in the order in which an alert meets them. */
export function RuleEditor({ rule, set, onDuplicate, onRemove }: RuleEditorProps) {
  return (
    <section className="panel rule-editor" aria-label={`Rule ${rule.name}`} data-testid="rule-editor">
      <div className="rule-editor-head">
        <TextInput
          label="Name"
          value={rule.name}
          onChange={(event) => set({ name: event.currentTarget.value })}
          error={rule.name.trim() === '' ? 'A rule needs a name.' : undefined}
          maxLength={100}
          required
        />
        <Switch
          label="On"
          checked={rule.isEnabled}
          onChange={(event) => set({ isEnabled: event.currentTarget.checked })}
        />
        <More onDuplicate={onDuplicate} onRemove={onRemove} />
      </div>
      <fieldset className="rule-part">
        <legend>Which alerts</legend>
        <ExpressionField
          label="Match"
          description="An expression over the alert (CEL). Left empty, the rule takes every alert that gets this far."
          value={rule.match ?? ''}
          onChange={(match) => set({ match: match === '' ? null : match })}
          placeholder={'labels.team == "payments" && severity >= high'}
        />
      </fieldset>
      <GroupingFields rule={rule} set={set} />
      <OpeningFields rule={rule} set={set} />
      <OutcomeFields rule={rule} set={set} />
      <EndingFields rule={rule} set={set} />
    </section>
  );
}

/** Nothing is there to edit yet. */
export function NoRules({ onAdd }: { readonly onAdd: () => void }) {
  return (
    <section className="panel rule-editor rule-none" aria-label="No rule">
      <h2>No rule of your own yet</h2>
      <p className="muted">
        The built-in rule groups by environment and service, then along the dependencies. Add a rule where you know
        better: it comes before the built-in one.
      </p>
      <Button onClick={onAdd}>Add the first rule</Button>
    </section>
  );
}
