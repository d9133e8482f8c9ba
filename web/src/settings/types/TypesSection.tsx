import { Button, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useLiveQuery } from '../../graphql/useLiveQuery.ts';
import { useMay } from '../../session/viewer.ts';
import { Failed, SkeletonRows } from '../../ui/states.tsx';
import { counted } from '../../ui/words.ts';
import { TypeEditor } from './TypeEditor.tsx';
import { keyOf } from './typeDraft.ts';
import { type TypeRow, typesQuery } from './typeQueries.ts';
import './types.css';

/** Begins as the first one is; nothing is kept before it is saved. */
function newType(types: readonly TypeRow[], like: TypeRow): TypeRow {
  const title = 'New type';
  const key = keyOf(
    title,
    types.map((type) => type.key),
  );
  return { ...like, key, title, version: 0, isArchived: false, openIncidents: 0 };
}

/** Kinds of incidents: how each is worked on, what its report asks for, what closing requires. */
export function TypesSection() {
  const { data, error, refetch } = useLiveQuery({ query: typesQuery, variables: {} });
  const [chosen, setChosen] = useState<string | null>(null);
  const [draft, setDraft] = useState<TypeRow | null>(null);
  const may = useMay();
  if (!data) return error ? <Failed error={error} onRetry={refetch} /> : <SkeletonRows />;
  const known = data.incidentTypes;
  const isNew = draft !== null && !known.some(({ key }) => key === draft.key);
  const types = isNew ? [...known, draft] : known;
  const type = types.find(({ key }) => key === chosen) ?? types[0];
  if (!type) return null;
  const add = () => {
    const made = newType(known, type);
    setDraft(made);
    setChosen(made.key);
  };
  return (
    <>
      <p className="settings-intro">
        Running incidents keep the version that they began with. {type.title} is at version {type.version};{' '}
        {counted(type.openIncidents, 'incident')} of it {type.openIncidents === 1 ? 'is' : 'are'} open.
      </p>
      <div className="settings-bar">
        <SegmentedControl
          aria-label="Type"
          value={type.key}
          onChange={setChosen}
          data={types.map(({ key, title, isArchived }) => ({
            value: key,
            label: isArchived ? `${title} (archived)` : title,
          }))}
        />
        {may('Mutation.saveIncidentType') && (
          <Button variant="default" className="settings-bar-end" onClick={add} disabled={isNew}>
            New type
          </Button>
        )}
      </div>
      <TypeEditor key={`${type.key} ${type.version} ${String(type.isArchived)}`} type={type} onSaved={refetch} />
    </>
  );
}
