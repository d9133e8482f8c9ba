import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useLiveQuery } from '../graphql/useLiveQuery.ts';
import { useSelection } from '../ui/useSelection.ts';
import { DeadLetterRow } from './DeadLetterRow.tsx';
import './deliveries.css';
import { deadLettersQuery } from './integrationsQueries.ts';
import './snippets.css';
import { useReplay } from './useReplay.ts';

const pageSize = 20;

interface DeadLettersPanelProps {
  readonly integrationId: string;
  /** Changes when something was received: the list is then read again. */
  readonly lastReceivedAt: string | null;
  readonly deadLettered: number;
}

/** What could not be understood, and why; nothing of it is lost. */
export function DeadLettersPanel({ integrationId, lastReceivedAt, deadLettered }: DeadLettersPanelProps) {
  const [first, setFirst] = useState(pageSize);
  const { data, refetch } = useLiveQuery({ query: deadLettersQuery, variables: { id: integrationId, first } });
  useEffect(refetch, [refetch, lastReceivedAt, deadLettered]);
  const letters = data?.integration?.deadLetters;
  const nodes = letters?.nodes ?? [];
  const selection = useSelection();
  const chosen = nodes.flatMap(({ id }) => (selection.selected.has(id) ? [id] : []));
  const { progress, isMutating, replay } = useReplay({ integrationId, letters: nodes, refetch });
  const run = (ids: readonly string[] | null) => {
    selection.clear();
    void replay(ids);
  };
  if (!letters || nodes.length === 0) return null;
  return (
    <section className="panel" aria-label="Dead letters">
      <div className="integration-panel-head">
        <h2 className="panel-title">
          Not understood{' '}
          <span className="muted">
            {letters.totalCount.value.toLocaleString('en')}
            {letters.totalCount.isExact ? '' : '+'}
          </span>
        </h2>
        <span className="dead-letters-do">
          {chosen.length > 0 && (
            <Button size="xs" disabled={isMutating} onClick={() => run(chosen)}>
              Replay {chosen.length} selected
            </Button>
          )}
          <Button variant="default" size="xs" disabled={isMutating} onClick={() => run(null)}>
            Replay all
          </Button>
        </span>
      </div>
      <p className="dead-letters-result" role="status" data-failed={(progress?.failed ?? 0) > 0}>
        {progress?.sentence}
      </p>
      <ul className="dead-letters">
        {nodes.map((letter) => (
          <DeadLetterRow
            key={letter.id}
            letter={letter}
            isSelected={selection.selected.has(letter.id)}
            isReplaying={progress?.waiting.includes(letter.id) ?? false}
            onSelect={selection.select}
            onReplay={run}
          />
        ))}
      </ul>
      {letters.pageInfo.hasNextPage && (
        <button type="button" className="link-button integrations-more" onClick={() => setFirst(first + pageSize)}>
          Older
        </button>
      )}
    </section>
  );
}
