import { ActionIcon, Button, Group, NativeSelect, Select, Textarea, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useQuery } from 'urql';
import type { Role } from '../../graphql/graphql.ts';
import { peopleQuery, type PersonRow } from '../../oncall/onCallQueries.ts';
import { useMay } from '../../session/viewer.ts';
import { roles, roleWords } from '../../ui/people.ts';
import { useAct } from '../../ui/useAct.ts';
import { deleteTeam, type PolicyChoice, saveTeam, type TeamDetails } from './teamsQueries.ts';

interface Member {
  readonly person: Pick<PersonRow, 'id' | 'name' | 'isActive'>;
  readonly role: Role;
}

interface MembersProps {
  readonly members: readonly Member[];
  readonly onChange: (members: readonly Member[]) => void;
}

/** The role is the least within the team: a person's own may be more. */
function Members({ members, onChange }: MembersProps) {
  const [{ data }] = useQuery({ query: peopleQuery, variables: {} });
  const taken = new Set(members.map(({ person }) => person.id));
  const others = (data?.people ?? []).filter(({ id }) => !taken.has(id));
  const add = (id: string | null) => {
    const person = others.find((each) => each.id === id);
    if (person) onChange([...members, { person, role: 'RESPONDER' }]);
  };
  return (
    <fieldset className="team-members">
      <legend>Members</legend>
      <ul>
        {members.map(({ person, role }) => (
          <li key={person.id}>
            <span>
              {person.name}
              {!person.isActive && <span className="muted"> (switched off)</span>}
            </span>
            <NativeSelect
              size="xs"
              aria-label={`Role of ${person.name}`}
              value={role}
              onChange={({ currentTarget: { value } }) =>
                onChange(
                  members.map((each) =>
                    each.person.id === person.id
                      ? { ...each, role: roles.find((known) => known === value) ?? each.role }
                      : each,
                  ),
                )
              }
              data={roles.map((value) => ({ value, label: roleWords[value] }))}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={`Take ${person.name} out`}
              onClick={() => onChange(members.filter((each) => each.person.id !== person.id))}
            >
              <IconX size={15} aria-hidden="true" />
            </ActionIcon>
          </li>
        ))}
      </ul>
      <Select
        aria-label="Add a member"
        placeholder="Add a member"
        data={others.map(({ id, name }) => ({ value: id, label: name }))}
        value={null}
        onChange={add}
        searchable
      />
    </fieldset>
  );
}

interface TeamFormProps {
  /** Null for a new one. */
  readonly team: TeamDetails | null;
  /** What a new one is to be called, where that is known. */
  readonly name: string;
  readonly policies: readonly PolicyChoice[];
  readonly onClose: () => void;
  readonly onSaved: () => void;
}

function firstDraft(team: TeamDetails | null, name: string) {
  return {
    name: team?.name ?? name,
    description: team?.description ?? '',
    chatUrl: team?.chatUrl ?? '',
    escalationPolicyId: team?.escalationPolicy?.id ?? null,
    members: team?.members ?? ([] as readonly Member[]),
  };
}

type Draft = ReturnType<typeof firstDraft>;

interface FieldsProps extends Pick<TeamFormProps, 'policies'> {
  readonly draft: Draft;
  readonly set: (patch: Partial<Draft>) => void;
  readonly isNew: boolean;
}

function Fields({ draft, set, isNew, policies }: FieldsProps) {
  return (
    <>
      <TextInput
        label="Name"
        description={isNew ? 'As services and rules name it.' : 'It never changes: incidents name it.'}
        value={draft.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
        readOnly={!isNew}
        maxLength={100}
        required
        data-autofocus={isNew || undefined}
      />
      <Textarea
        label="What it does"
        value={draft.description}
        onChange={(event) => set({ description: event.currentTarget.value })}
        maxLength={2_000}
        autosize
      />
      <Select
        label="Escalation policy"
        description="Of its incidents, where neither a rule nor the service names one."
        placeholder="none: nobody is woken"
        data={policies.map(({ id, name: label }) => ({ value: id, label }))}
        value={draft.escalationPolicyId}
        onChange={(escalationPolicyId) => set({ escalationPolicyId })}
        clearable
        searchable
      />
      <TextInput
        type="url"
        label="Chat"
        placeholder="https://"
        value={draft.chatUrl}
        onChange={(event) => set({ chatUrl: event.currentTarget.value })}
      />
    </>
  );
}

export function TeamForm({ team, name, policies, onClose, onSaved }: TeamFormProps) {
  const [draft, setDraft] = useState(() => firstDraft(team, name));
  const { act, isActing } = useAct();
  const may = useMay();
  const set = (patch: Partial<Draft>) => setDraft((before) => ({ ...before, ...patch }));
  const done = () => {
    onSaved();
    onClose();
  };
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const input = {
      name: draft.name.trim(),
      description: draft.description.trim() || null,
      chatUrl: draft.chatUrl.trim() || null,
      escalationPolicyId: draft.escalationPolicyId,
      members: draft.members.map(({ person, role }) => ({ personId: person.id, role })),
    };
    if (await act(saveTeam, { input, expectedVersion: team?.version ?? 0 }, `${input.name} saved`)) done();
  };
  const remove = async () => {
    if (team && (await act(deleteTeam, { name: team.name }, `${team.name} deleted`))) done();
  };
  return (
    <form className="team-form" onSubmit={(event) => void save(event)}>
      <Fields draft={draft} set={set} isNew={team === null} policies={policies} />
      <Members members={draft.members} onChange={(members) => set({ members })} />
      <Group justify="space-between" mt="xs">
        {team && may('Mutation.deleteTeam') ? (
          <Button variant="subtle" color="red" onClick={() => void remove()} disabled={isActing}>
            Delete
          </Button>
        ) : (
          <span />
        )}
        <Group gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={isActing} disabled={draft.name.trim() === ''}>
            {team ? 'Save' : 'Make the team'}
          </Button>
        </Group>
      </Group>
    </form>
  );
}
