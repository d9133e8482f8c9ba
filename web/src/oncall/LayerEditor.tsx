import { ActionIcon, Button, NativeSelect, NumberInput, Select, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash, IconX } from '@tabler/icons-react';
import type { PersonRow } from './onCallQueries.ts';
import { RestrictionFields } from './RestrictionFields.tsx';
import type { LayerDraft } from './scheduleDraft.ts';
import type { TurnUnit } from './scheduleQueries.ts';

interface PartProps {
  readonly layer: LayerDraft;
  readonly set: (patch: Partial<LayerDraft>) => void;
}

const units: readonly { readonly value: TurnUnit; readonly label: string }[] = [
  { value: 'HOUR', label: 'hours' },
  { value: 'DAY', label: 'days' },
  { value: 'WEEK', label: 'weeks' },
];

function moved<T>(list: readonly T[], from: number, to: number): readonly T[] {
  const next = [...list];
  const [item] = next.splice(from, 1);
  if (item !== undefined) next.splice(to, 0, item);
  return next;
}

/** The order is the order of the turns; the same person may have several. */
function Members({ layer, set, people }: PartProps & { readonly people: readonly PersonRow[] }) {
  const { memberIds } = layer;
  const nameOf = (id: string) => people.find((person) => person.id === id)?.name ?? `person ${id} (switched off)`;
  const put = (next: readonly string[]) => set({ memberIds: next });
  return (
    <div className="layer-members">
      <span className="layer-label">Turns, in this order</span>
      <ol>
        {memberIds.map((id, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- one person may stand here twice: the place is part of it
          <li key={`${id} ${index}`}>
            <span>{nameOf(id)}</span>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={`${nameOf(id)} earlier`}
              disabled={index === 0}
              onClick={() => put(moved(memberIds, index, index - 1))}
            >
              <IconArrowUp size={15} aria-hidden="true" />
            </ActionIcon>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={`${nameOf(id)} later`}
              disabled={index === memberIds.length - 1}
              onClick={() => put(moved(memberIds, index, index + 1))}
            >
              <IconArrowDown size={15} aria-hidden="true" />
            </ActionIcon>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={`Take ${nameOf(id)} out`}
              onClick={() => put(memberIds.filter((_, at) => at !== index))}
            >
              <IconX size={15} aria-hidden="true" />
            </ActionIcon>
          </li>
        ))}
      </ol>
      <Select
        aria-label="Add somebody"
        placeholder="Add somebody"
        data={people.map(({ id, name }) => ({ value: id, label: name }))}
        value={null}
        onChange={(id) => id && put([...memberIds, id])}
        searchable
      />
    </div>
  );
}

function Turns({ layer, set }: PartProps) {
  return (
    <>
      <div className="layer-turn">
        <NumberInput
          label="Hand over every"
          value={layer.turnLength}
          onChange={(value) => set({ turnLength: Number(value) || 1 })}
          min={1}
          max={366}
          allowDecimal={false}
        />
        <NativeSelect
          aria-label="Unit of a turn"
          value={layer.turnUnit}
          onChange={({ currentTarget: { value } }) =>
            set({ turnUnit: units.find((unit) => unit.value === value)?.value ?? 'WEEK' })
          }
          data={[...units]}
        />
        <TextInput
          type="time"
          label="At"
          value={layer.handoffTime}
          onChange={(event) => set({ handoffTime: event.currentTarget.value })}
          required
        />
      </div>
      <div className="oncall-pair">
        <TextInput
          type="date"
          label="First turn begins"
          value={layer.startsOn}
          onChange={(event) => set({ startsOn: event.currentTarget.value })}
          required
        />
        <TextInput
          type="date"
          label="Last day"
          description={layer.endsOn === '' ? 'Goes on for good.' : null}
          value={layer.endsOn}
          onChange={(event) => set({ endsOn: event.currentTarget.value })}
        />
      </div>
    </>
  );
}

interface LayerEditorProps extends PartProps {
  readonly people: readonly PersonRow[];
  /** From the top, where the first covers those below. */
  readonly place: string;
  readonly onUp: (() => void) | null;
  readonly onDown: (() => void) | null;
  readonly onRemove: () => void;
}

/** One layer: who, in which order, how long a turn is, and when in the week it counts. */
export function LayerEditor({ layer, set, people, place, onUp, onDown, onRemove }: LayerEditorProps) {
  return (
    <fieldset className="panel layer">
      <legend className="visually-hidden">{layer.name || 'Layer'}</legend>
      <div className="layer-head">
        <TextInput
          aria-label="Name of the layer"
          value={layer.name}
          onChange={(event) => set({ name: event.currentTarget.value })}
          maxLength={100}
        />
        <span className="muted">{place}</span>
        <ActionIcon variant="default" aria-label="Layer up" disabled={!onUp} onClick={() => onUp?.()}>
          <IconArrowUp size={16} aria-hidden="true" />
        </ActionIcon>
        <ActionIcon variant="default" aria-label="Layer down" disabled={!onDown} onClick={() => onDown?.()}>
          <IconArrowDown size={16} aria-hidden="true" />
        </ActionIcon>
        <ActionIcon variant="default" aria-label="Remove the layer" onClick={onRemove}>
          <IconTrash size={16} aria-hidden="true" />
        </ActionIcon>
      </div>
      <div className="layer-columns">
        <Members layer={layer} set={set} people={people} />
        <div className="oncall-form">
          <Turns layer={layer} set={set} />
          {layer.restrictions.map((restriction, index) => (
            <RestrictionFields
              // oxlint-disable-next-line react/no-array-index-key -- they hold no state of their own
              key={index}
              restriction={restriction}
              onChange={(next) =>
                set({ restrictions: layer.restrictions.map((each, at) => (at === index ? next : each)) })
              }
              onRemove={() => set({ restrictions: layer.restrictions.filter((_, at) => at !== index) })}
            />
          ))}
          <Button
            variant="subtle"
            size="xs"
            justify="flex-start"
            leftSection={<IconPlus size={14} aria-hidden="true" />}
            onClick={() =>
              set({
                restrictions: [...layer.restrictions, { weekdays: [1, 2, 3, 4, 5], from: '09:00', until: '17:00' }],
              })
            }
          >
            {layer.restrictions.length === 0 ? 'Only at certain times' : 'And at other times'}
          </Button>
        </div>
      </div>
    </fieldset>
  );
}
