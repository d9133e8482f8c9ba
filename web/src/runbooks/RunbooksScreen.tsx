import { Button, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useLiveQuery } from '../graphql/useLiveQuery.ts';
import { Allowed } from '../session/Allowed.tsx';
import { Failed, NothingYet, SkeletonRows } from '../ui/states.tsx';
import { Ago } from '../ui/Time.tsx';
import { usePersonName } from '../ui/usePersonName.ts';
import './runbooks.css';
import { type RunbookRow, runbooksQuery } from './runbooksQueries.ts';

/** When it is attached, in words. */
function attachedWhen({ services, types, condition }: RunbookRow): string {
  const parts = [
    ...(services.length > 0 ? [`service ${services.join(' or ')}`] : []),
    ...(types.length > 0 ? [`type ${types.join(' or ')}`] : []),
    ...(condition === null ? [] : [condition]),
  ];
  return parts.length === 0 ? 'attached by hand' : parts.join(', ');
}

function Row({ runbook }: { readonly runbook: RunbookRow }) {
  const nameOf = usePersonName();
  return (
    <li className="runbook-row" data-archived={runbook.isArchived || undefined}>
      <Link to="/runbooks/$id" params={{ id: runbook.id }} className="runbook-link">
        {runbook.title}
      </Link>
      <span className="muted">
        {runbook.isArchived ? 'archived' : attachedWhen(runbook)}
        {runbook.team && `, ${runbook.team.name}`}
      </span>
      <span className="muted runbook-when">
        {nameOf(runbook.updatedBy)}, <Ago at={runbook.updatedAt} />
      </span>
    </li>
  );
}

/** What to do when something happens, written down before it does. */
export function RunbooksScreen() {
  const [search, setSearch] = useState('');
  const text = search.trim();
  const { data, error, refetch } = useLiveQuery({ query: runbooksQuery, variables: { search: text || null } });
  const navigate = useNavigate();
  return (
    <div className="runbooks">
      <header className="runbooks-head">
        <h1 className="screen-title">Runbooks</h1>
        <TextInput
          aria-label="Search runbooks"
          placeholder="Search titles and texts"
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <Allowed to="Mutation.saveRunbook">
          <Button
            leftSection={<IconPlus size={16} stroke={2} aria-hidden="true" />}
            onClick={() => void navigate({ to: '/runbooks/$id', params: { id: 'new' } })}
          >
            Write one
          </Button>
        </Allowed>
      </header>
      {!data && (error ? <Failed error={error} onRetry={refetch} /> : <SkeletonRows rows={6} />)}
      {data?.runbooks.length === 0 && (
        <NothingYet title={text ? 'No runbook matches' : 'No runbook is written yet'}>
          A runbook is a text with steps to tick off. It attaches itself to incidents of its services and types.
        </NothingYet>
      )}
      {data && data.runbooks.length > 0 && (
        <ul className="panel runbook-list">
          {data.runbooks.map((runbook) => (
            <Row key={runbook.id} runbook={runbook} />
          ))}
        </ul>
      )}
    </div>
  );
}
