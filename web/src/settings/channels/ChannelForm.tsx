import {
  Button,
  Checkbox,
  Group,
  MultiSelect,
  NativeSelect,
  NumberInput,
  Stack,
  Textarea,
  TextInput,
} from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useViewer } from '../../session/viewer.ts';
import { useAct } from '../../ui/useAct.ts';
import { channelInputOf, type Draft, firstDraft } from './channelDraft.ts';
import { channelKinds, kindNames, tellable } from './channelKinds.ts';
import { type ChannelRow, deleteChannel, saveChannel } from './channelQueries.ts';

interface ChannelFormProps {
  /** Null for a new one. */
  readonly channel: ChannelRow | null;
  readonly teams: readonly { readonly name: string }[];
  readonly onDone: () => void;
}

interface PartProps {
  readonly draft: Draft;
  readonly set: (patch: Partial<Draft>) => void;
}

function Naming({ draft, set, isNew }: PartProps & { readonly isNew: boolean }) {
  return (
    <>
      <NativeSelect
        label="Kind"
        value={draft.kind}
        disabled={!isNew}
        data={kindNames.map((value) => ({ value, label: channelKinds[value].title }))}
        onChange={({ currentTarget: { value } }) =>
          set({ kind: kindNames.find((kind) => kind === value) ?? draft.kind, settings: {}, secret: '' })
        }
      />
      <TextInput
        label="Name"
        placeholder="Operations room"
        value={draft.name}
        maxLength={100}
        required
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
    </>
  );
}

/** What messages of this kind need to arrive. */
function Where({ draft, set, hasSecret }: PartProps & { readonly hasSecret: boolean }) {
  const { settings, secret } = channelKinds[draft.kind];
  return (
    <>
      {settings.map(({ name, label, placeholder, isRequired, isLong }) => {
        const field = {
          label,
          placeholder,
          value: draft.settings[name] ?? '',
          required: isRequired === true,
          onChange: (event: { readonly currentTarget: { readonly value: string } }) =>
            set({ settings: { ...draft.settings, [name]: event.currentTarget.value } }),
        };
        return isLong === true ? (
          <Textarea key={name} {...field} autosize minRows={2} />
        ) : (
          <TextInput key={name} {...field} />
        );
      })}
      {secret && (
        <TextInput
          label={secret.label}
          description={
            hasSecret ? 'One is kept, encrypted. Leave it empty to keep it.' : 'Kept encrypted, never shown again.'
          }
          placeholder={secret.placeholder}
          value={draft.secret}
          autoComplete="off"
          required={secret.isRequired && !hasSecret}
          onChange={(event) => set({ secret: event.currentTarget.value })}
        />
      )}
    </>
  );
}

function What({ draft, set }: PartProps) {
  return (
    <>
      <MultiSelect
        label="Tell it when an incident is"
        description="Beside what escalation policies and automation send here."
        placeholder={draft.kinds.length === 0 ? 'nothing by itself' : ''}
        data={[...tellable]}
        value={[...draft.kinds]}
        onChange={(values) => set({ kinds: values })}
        clearable
      />
      {draft.kinds.length > 0 && (
        <TextInput
          label="Only where"
          placeholder='severity >= high && "checkout" in services'
          className="mono-input"
          value={draft.condition}
          onChange={(event) => set({ condition: event.currentTarget.value })}
        />
      )}
    </>
  );
}

function Limits({ draft, set }: PartProps) {
  const isAdmin = useViewer().person.role === 'ADMIN';
  return (
    <>
      <NumberInput
        label="Messages a minute"
        description="More are bundled into one that says how many."
        value={draft.ratePerMinute}
        min={1}
        max={600}
        onChange={(value) => set({ ratePerMinute: Number(value) || 1 })}
      />
      <Checkbox
        label="Switched on"
        checked={draft.isEnabled}
        onChange={(event) => set({ isEnabled: event.currentTarget.checked })}
      />
      {draft.kind !== 'EMAIL' && (
        <Checkbox
          label="May reach private networks"
          description={isAdmin ? 'This machine and its neighbours, too.' : 'Only an admin may allow it.'}
          checked={draft.mayReachPrivate}
          disabled={!isAdmin && !draft.mayReachPrivate}
          onChange={(event) => set({ mayReachPrivate: event.currentTarget.checked })}
        />
      )}
    </>
  );
}

export function ChannelForm({ channel, teams, onDone }: ChannelFormProps) {
  const [draft, setDraft] = useState(() => firstDraft(channel));
  const { act, isActing } = useAct();
  const set = (patch: Partial<Draft>) => setDraft((before) => ({ ...before, ...patch }));
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const input = channelInputOf(draft, channel);
    if (await act(saveChannel, { input, expectedVersion: channel?.version ?? null }, `${input.name} saved`)) onDone();
  };
  const remove = async () => {
    if (channel && (await act(deleteChannel, { id: channel.id }, `${channel.name} deleted`))) onDone();
  };
  return (
    <form onSubmit={(event) => void save(event)}>
      <Stack gap="sm">
        <Naming draft={draft} set={set} isNew={channel === null} />
        <Where draft={draft} set={set} hasSecret={channel?.hasSecret ?? false} />
        <What draft={draft} set={set} />
        <NativeSelect
          label="Team"
          value={draft.team}
          data={[{ value: '', label: 'nobody’s' }, ...teams.map(({ name }) => ({ value: name, label: name }))]}
          onChange={(event) => set({ team: event.currentTarget.value })}
        />
        <Limits draft={draft} set={set} />
      </Stack>
      <Group justify="space-between" mt="lg">
        {channel ? (
          <Button variant="subtle" color="red" disabled={isActing} onClick={() => void remove()}>
            Delete
          </Button>
        ) : (
          <span />
        )}
        <Button type="submit" loading={isActing}>
          Save
        </Button>
      </Group>
    </form>
  );
}
