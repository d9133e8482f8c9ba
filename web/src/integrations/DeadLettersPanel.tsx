import { Button } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useLiveQuery } from '../graphql/useLiveQuery.ts';
import { Ago } from '../ui/Time.tsx';
import { useMutate } from '../ui/useMutate.ts';
import { replayDeadLetter } from './integrationMutations.ts';
import { type DeadLetter, deadLettersQuery } from './integrationsQueries.ts';
import { prettyBody } from './prettyBody.ts';
import './deliveries.css';
import './snippets.css';

const pageSize = 20;
/** A replay goes through the queue: its result is looked for after these times. */
const looksMs = [800, 2_500, 6_000];

function Replayed({ letter }: { readonly letter: DeadLetter }) {
  if (letter.replayError) return <p className="dead-letter-error">Replay failed: {letter.replayError}</p>;
  if (!letter.replayedAt) return null;
  return (
    <p className="muted">
      Replayed <Ago at={letter.replayedAt} />
    </p>
  );
}

function Letter({ letter, onReplayed }: { readonly letter: DeadLetter; readonly onReplayed: () => void }) {
  const { mutate, isMutating } = useMutate();
  const replay = async () => {
    if (await mutate(replayDeadLetter, { id: letter.id }, 'Replaying')) onReplayed();
  };
  return (
    <li className="dead-letter" data-testid="dead-letter">
      <div className="dead-letter-head">
        <span className="mono">{letter.code}</span>
        <span className="muted">
          <Ago at={letter.receivedAt} />
        </span>
        <Button
          variant="default"
          size="compact-sm"
          loading={isMutating}
          leftSection={<IconRefresh size={14} stroke={1.8} aria-hidden="true" />}
          onClick={() => void replay()}
        >
          {letter.replayedAt ? 'Replay again' : 'Replay'}
        </Button>
      </div>
      <p className="dead-letter-reason">
        {letter.message}
        {letter.path && (
          <>
            {' '}
            at <code className="mono">{letter.path}</code>
          </>
        )}
      </p>
      <Replayed letter={letter} />
      <details>
        <summary>What was sent</summary>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so the keyboard has to reach it */}
        <pre tabIndex={0}>{prettyBody(letter.body)}</pre>
      </details>
    </li>
  );
}

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
  const lookForResult = () => {
    for (const wait of looksMs) setTimeout(refetch, wait);
  };
  if (!letters || letters.nodes.length === 0) return null;
  return (
    <section className="panel" aria-label="Dead letters">
      <h2 className="panel-title">
        Not understood{' '}
        <span className="muted">
          {letters.totalCount.value.toLocaleString('en')}
          {letters.totalCount.isExact ? '' : '+'}
        </span>
      </h2>
      <ul className="dead-letters">
        {letters.nodes.map((letter) => (
          <Letter key={letter.id} letter={letter} onReplayed={lookForResult} />
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
