import { Button, Checkbox, NativeSelect, TagsInput, TextInput } from '@mantine/core';
import { fieldKindWords } from '../../incident/fields/fieldKind.ts';
import { changedAt, keyOf, without } from './typeDraft.ts';
import { type PartProps, Remove } from './WorkflowTables.tsx';

const kinds = ['TEXT', 'NUMBER', 'CHOICE', 'DATE', 'PERSON', 'LINK'] as const;

type FieldDraft = PartProps['definition']['fields'][number];

interface FieldRowProps {
  readonly field: FieldDraft;
  readonly onChange: (part: Partial<FieldDraft>) => void;
  readonly onReport: (isInReport: boolean) => void;
  readonly onRemove: () => void;
}

function FieldRow({ field, onChange, onReport, onRemove }: FieldRowProps) {
  const { title, kind, choices, reportOrder, isRequiredInReport } = field;
  return (
    <li className="type-row type-row-field">
      <TextInput
        aria-label="Name of the field"
        value={title}
        onChange={({ currentTarget }) => onChange({ title: currentTarget.value })}
      />
      <NativeSelect
        aria-label={`Kind of ${title}`}
        value={kind}
        onChange={({ currentTarget: { value } }) => {
          const found = kinds.find((each) => each === value);
          if (found) onChange({ kind: found });
        }}
        data={kinds.map((value) => ({ value, label: fieldKindWords[value] }))}
      />
      <Checkbox
        label="In the report"
        checked={reportOrder !== null}
        onChange={({ currentTarget: { checked } }) => onReport(checked)}
      />
      <Checkbox
        label="Required there"
        checked={isRequiredInReport}
        disabled={reportOrder === null}
        onChange={({ currentTarget: { checked } }) => onChange({ isRequiredInReport: checked })}
      />
      <Remove what={title} onClick={onRemove} />
      {kind === 'CHOICE' && (
        <TagsInput
          className="type-choices"
          aria-label={`Choices of ${title}`}
          placeholder="Choices: type and press Enter"
          value={[...choices]}
          onChange={(next) => onChange({ choices: next })}
          acceptValueOnBlur
        />
      )}
    </li>
  );
}

/** The fields of the type; those in the report are asked for in this order. */
export function FieldsPart({ definition: { fields }, set }: PartProps) {
  const add = () => {
    const key = keyOf(
      'New field',
      fields.map((each) => each.key),
    );
    const field = {
      key,
      title: 'New field',
      kind: 'TEXT',
      choices: [],
      reportOrder: null,
      isRequiredInReport: false,
    } as const;
    set({ fields: [...fields, { ...field, choices: [] }] });
  };
  return (
    <ul className="type-rows" aria-label="Fields">
      {fields.map((field, index) => (
        <FieldRow
          key={field.key}
          field={field}
          onChange={(part) => set({ fields: changedAt(fields, index, part) })}
          onReport={(isIn) =>
            set({
              fields: changedAt(
                fields,
                index,
                isIn ? { reportOrder: index + 1 } : { reportOrder: null, isRequiredInReport: false },
              ),
            })
          }
          onRemove={() => set({ fields: without(fields, index) })}
        />
      ))}
      <li>
        <Button variant="default" size="xs" onClick={add}>
          Add a field
        </Button>
      </li>
    </ul>
  );
}
