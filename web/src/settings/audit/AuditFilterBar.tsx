import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from 'urql';
import { useMay } from '../../session/viewer.ts';
import { auditPeopleQuery } from './auditQueries.ts';
import { accessKinds, auditExportPath, type AuditSearch, topicWords } from './auditSearch.ts';

interface AuditFilterBarProps {
  readonly search: AuditSearch;
  readonly onSearch: (patch: Partial<Record<keyof AuditSearch, string>>) => void;
}

const listed = (words: Readonly<Record<string, string>>) =>
  Object.entries(words).map(([value, label]) => ({ value, label }));

const whats = [
  { value: '', label: 'Everything' },
  { group: 'Access', items: listed(accessKinds) },
  { group: 'Configuration', items: listed(topicWords) },
];

/** Who, what, when; and the same as a file. */
export function AuditFilterBar({ search, onSearch }: AuditFilterBarProps) {
  const may = useMay();
  const [{ data }] = useQuery({ query: auditPeopleQuery });
  const people = (data?.people ?? []).map(({ handle, name }) => ({ value: handle, label: `${name} (@${handle})` }));
  return (
    <div className="audit-bar">
      <TextInput
        type="search"
        label="Text"
        placeholder="Words of it"
        value={search.text ?? ''}
        onChange={(event) => onSearch({ text: event.currentTarget.value })}
      />
      <NativeSelect
        label="Who"
        value={search.who ?? ''}
        onChange={(event) => onSearch({ who: event.currentTarget.value })}
        data={[{ value: '', label: 'Everybody' }, ...people]}
      />
      <NativeSelect
        label="What"
        value={search.what ?? ''}
        onChange={(event) => onSearch({ what: event.currentTarget.value })}
        data={whats}
      />
      <TextInput
        type="date"
        label="From"
        value={search.from ?? ''}
        onChange={(event) => onSearch({ from: event.currentTarget.value })}
      />
      <TextInput
        type="date"
        label="To"
        value={search.to ?? ''}
        onChange={(event) => onSearch({ to: event.currentTarget.value })}
      />
      {may('Route.exportAudit') && (
        <div className="audit-exports">
          <Button component="a" href={auditExportPath(search, 'csv')} download variant="default">
            Export CSV
          </Button>
          <Button component="a" href={auditExportPath(search, 'json')} download variant="default">
            Export JSON
          </Button>
        </div>
      )}
    </div>
  );
}
