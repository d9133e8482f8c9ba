import { Button } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useLiveQuery } from '../graphql/useLiveQuery.ts';
import { useMay } from '../session/viewer.ts';
import { Markdown } from '../ui/Markdown.tsx';
import { Failed, NotFound, SkeletonRows } from '../ui/states.tsx';
import { useAct } from '../ui/useAct.ts';
import { runbookRoute } from './route.ts';
import { RunbookEditor } from './RunbookEditor.tsx';
import './runbooks.css';
import { archiveRunbook, runbookQuery, type RunbookRow } from './runbooksQueries.ts';

function Read({ runbook, onEdit }: { readonly runbook: RunbookRow; readonly onEdit: () => void }) {
  const may = useMay();
  const { act, isActing } = useAct();
  return (
    <>
      <header className="runbooks-head">
        <h1 className="screen-title">{runbook.title}</h1>
        {may('Mutation.archiveRunbook') && (
          <Button
            variant="default"
            disabled={isActing}
            onClick={() => void act(archiveRunbook, { id: runbook.id, isArchived: !runbook.isArchived })}
          >
            {runbook.isArchived ? 'Take out of the archive' : 'Archive'}
          </Button>
        )}
        {may('Mutation.saveRunbook') && <Button onClick={onEdit}>Edit</Button>}
      </header>
      <div className="panel runbook-text">
        <Markdown text={runbook.body} />
      </div>
    </>
  );
}

/** One runbook to read or to edit; `new` is one that is not there yet. */
export function RunbookScreen() {
  const { id } = runbookRoute.useParams();
  const isNew = id === 'new';
  const [isEditing, setEditing] = useState(false);
  const { data, error, refetch } = useLiveQuery({ query: runbookQuery, variables: { id }, pause: isNew });
  const navigate = useNavigate();
  const runbook = data?.runbook ?? null;
  if (!isNew && !data) return error ? <Failed error={error} onRetry={refetch} /> : <SkeletonRows rows={8} />;
  if (!isNew && runbook === null) {
    return (
      <NotFound title="There is no such runbook">
        <Link to="/runbooks">Go to the runbooks</Link>
      </NotFound>
    );
  }
  return (
    <div className="runbooks">
      <Link to="/runbooks" className="muted runbooks-back">
        Runbooks
      </Link>
      {runbook !== null && !isEditing ? (
        <Read runbook={runbook} onEdit={() => setEditing(true)} />
      ) : (
        <RunbookEditor
          key={runbook?.id ?? 'new'}
          runbook={runbook}
          onCancel={() => (isNew ? void navigate({ to: '/runbooks' }) : setEditing(false))}
          onSaved={(saved) => {
            setEditing(false);
            if (isNew) void navigate({ to: '/runbooks/$id', params: { id: saved }, replace: true });
          }}
        />
      )}
    </div>
  );
}
