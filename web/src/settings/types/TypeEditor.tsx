import { Button, Checkbox, Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useQuery } from 'urql';
import { useSettled } from '../../rules/useSettled.ts';
import { useMay } from '../../session/viewer.ts';
import { useMutate } from '../../ui/useMutate.ts';
import { FieldsPart } from './FieldsPart.tsx';
import { ClosingPart, RolesPart } from './RolesPart.tsx';
import { draftOf, inputOf } from './typeDraft.ts';
import { archiveType, checkTypeQuery, type Definition, type Problem, saveType, type TypeRow } from './typeQueries.ts';
import { WorkflowDiagram } from './WorkflowDiagram.tsx';
import { Statuses, Transitions } from './WorkflowTables.tsx';

const checkAfterMs = 300;

function Problems({ problems }: { readonly problems: readonly Problem[] }) {
  return (
    <div className="type-problems" data-is-right={problems.length === 0} role="status">
      {problems.length === 0 ? (
        'The workflow is right: everything can be reached, and everything can be closed.'
      ) : (
        <ul>
          {problems.map(({ field, message }) => (
            <li key={`${field} ${message}`}>{message}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

interface FootProps {
  readonly type: TypeRow;
  readonly isRight: boolean;
  readonly isBusy: boolean;
  readonly onArchive: () => void;
  readonly onDiscard: () => void;
  readonly onSave: () => void;
}

function Foot({ type, isRight, isBusy, onArchive, onDiscard, onSave }: FootProps) {
  return (
    <Group justify="space-between" className="type-foot">
      <Button variant="subtle" color="gray" onClick={onArchive} disabled={type.key === 'operational'}>
        {type.isArchived ? 'Bring back' : 'Archive'}
      </Button>
      <Group gap="xs">
        <Button variant="default" onClick={onDiscard}>
          Discard
        </Button>
        <Button onClick={onSave} loading={isBusy} disabled={!isRight}>
          Save version {type.version + 1}
        </Button>
      </Group>
    </Group>
  );
}

interface EditorProps {
  readonly type: TypeRow;
  readonly onSaved: () => void;
}

/** One type as a draft, checked by the server while it is changed; saving makes a new version. */
export function TypeEditor({ type, onSaved }: EditorProps) {
  const [draft, setDraft] = useState(() => draftOf(type));
  const [chosen, setChosen] = useState<string | null>(null);
  const { value: settled } = useSettled(draft, checkAfterMs);
  const [{ data }] = useQuery({ query: checkTypeQuery, variables: { input: inputOf(settled) } });
  const { mutate, isMutating } = useMutate();
  const may = useMay();
  const problems = data?.checkIncidentType ?? [];
  const set = (change: Partial<Definition>) =>
    setDraft((before) => ({ ...before, definition: { ...before.definition, ...change } }));
  const { definition } = draft;
  const save = async () => {
    const variables = { input: inputOf(draft), version: type.version, comment: null };
    if (await mutate(saveType, variables, `${draft.title} saved: new incidents follow it`)) onSaved();
  };
  const archive = async () => {
    if (await mutate(archiveType, { key: type.key, isArchived: !type.isArchived })) onSaved();
  };
  return (
    <div className="type-editor">
      <Group align="end" gap="sm">
        <TextInput
          label="Name"
          value={draft.title}
          onChange={({ currentTarget }) => setDraft({ ...draft, title: currentTarget.value })}
        />
        <Checkbox
          label="Restricted: only who takes part, the team and managers see its incidents"
          checked={draft.isRestricted}
          onChange={({ currentTarget }) => setDraft({ ...draft, isRestricted: currentTarget.checked })}
        />
      </Group>
      <h2 className="type-title">Workflow</h2>
      <WorkflowDiagram definition={definition} problems={problems} chosen={chosen} onChoose={setChosen} />
      <Problems problems={problems} />
      <h3 className="type-title">Statuses</h3>
      <Statuses definition={definition} problems={problems} set={set} />
      <h3 className="type-title">Transitions</h3>
      <Transitions definition={definition} problems={problems} set={set} />
      <h2 className="type-title">Fields and report</h2>
      <FieldsPart definition={definition} set={set} />
      <h2 className="type-title">Roles and checklists</h2>
      <RolesPart definition={definition} set={set} />
      <h2 className="type-title">Closing</h2>
      <ClosingPart definition={definition} set={set} />
      {may('Mutation.saveIncidentType') && (
        <Foot
          type={type}
          isRight={problems.length === 0}
          isBusy={isMutating}
          onArchive={() => void archive()}
          onDiscard={() => setDraft(draftOf(type))}
          onSave={() => void save()}
        />
      )}
    </div>
  );
}
