import { Button, Checkbox } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { Ago } from '../ui/Time.tsx';
import type { DeadLetter } from './integrationsQueries.ts';
import { prettyBody } from './prettyBody.ts';

function Replayed({ letter }: { readonly letter: DeadLetter }) {
  if (letter.replayError) {
    return (
      <p className="dead-letter-error">
        Replay failed{' '}
        {letter.replayedAt && (
          <>
            <Ago at={letter.replayedAt} />
          </>
        )}
        : {letter.replayError}
      </p>
    );
  }
  if (!letter.replayedAt) return null;
  return (
    <p className="dead-letter-done">
      Understood when replayed <Ago at={letter.replayedAt} />
    </p>
  );
}

interface DeadLetterRowProps {
  readonly letter: DeadLetter;
  readonly isSelected: boolean;
  /** A replay of it has been asked for and is not over. */
  readonly isReplaying: boolean;
  readonly onSelect: (id: string, isSelected: boolean) => void;
  readonly onReplay: (ids: readonly string[]) => void;
}

/** One body that was not understood: why, where, and what it was. */
export function DeadLetterRow({ letter, isSelected, isReplaying, onSelect, onReplay }: DeadLetterRowProps) {
  return (
    <li className="dead-letter" data-testid="dead-letter" data-selected={isSelected}>
      <div className="dead-letter-head">
        <Checkbox
          size="xs"
          checked={isSelected}
          onChange={(event) => onSelect(letter.id, event.currentTarget.checked)}
          aria-label={`Select dead letter ${letter.id}`}
        />
        <span className="mono">{letter.code}</span>
        <span className="muted">
          <Ago at={letter.receivedAt} />
        </span>
        <Button
          variant="default"
          size="compact-sm"
          loading={isReplaying}
          leftSection={<IconRefresh size={14} stroke={1.8} aria-hidden="true" />}
          onClick={() => onReplay([letter.id])}
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
