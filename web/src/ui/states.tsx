import { Button, Skeleton } from '@mantine/core';
import { IconCircleDashed, IconPlugConnectedX, IconZoomQuestion } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { CombinedError } from 'urql';
import { codeOf, sentenceOf } from '../graphql/errors.ts';
import './states.css';

interface StateProps {
  readonly title: string;
  readonly children?: ReactNode;
}

/** There is no data, and that is fine. */
export function NothingYet({ title, children }: StateProps) {
  return (
    <section className="state">
      <IconCircleDashed size={28} stroke={1.5} aria-hidden="true" className="muted" />
      <h2>{title}</h2>
      <p>{children}</p>
    </section>
  );
}

interface NotFoundProps extends StateProps {
  /** It stands within a screen that has a heading of its own. */
  readonly isPart?: boolean;
}

/** The address leads nowhere. */
export function NotFound({ title, children, isPart = false }: NotFoundProps) {
  const Heading = isPart ? 'h2' : 'h1';
  return (
    <section className="state">
      <IconZoomQuestion size={28} stroke={1.5} aria-hidden="true" className="muted" />
      <Heading>{title}</Heading>
      <p>{children}</p>
    </section>
  );
}

/** No server: said loudly, because a quiet wall would look like a quiet night. */
function Disconnected({ onRetry }: { readonly onRetry: () => void }) {
  return (
    <section className="state panel state-loud" role="alert">
      <IconPlugConnectedX size={28} stroke={1.5} aria-hidden="true" />
      <h2>No connection to the server</h2>
      <p>Nothing here is current: alerts may be firing that this page cannot see. It tries again by itself.</p>
      <Button onClick={onRetry} variant="default">
        Try again now
      </Button>
    </section>
  );
}

/** The server answered with an error. */
export function Failed({ error, onRetry }: { readonly error: CombinedError; readonly onRetry: () => void }) {
  if (codeOf(error) === 'NETWORK') return <Disconnected onRetry={onRetry} />;
  return (
    <section className="state panel state-loud" role="alert">
      <h2>This could not be loaded</h2>
      <p>{sentenceOf(error)}</p>
      <Button onClick={onRetry} variant="default">
        Try again
      </Button>
    </section>
  );
}

/** A fault of ours while a screen was drawn. The rest of the page goes on. */
export function Broken({ error }: { readonly error: unknown }) {
  return (
    <section className="state panel state-loud" role="alert">
      <h2>This screen broke</h2>
      <p>{error instanceof Error ? error.message : 'Something unexpected was thrown.'}</p>
      <Button onClick={() => location.reload()} variant="default">
        Load the page again
      </Button>
    </section>
  );
}

/** Grey lines where rows will be, for the first load only. */
export function SkeletonRows({ rows = 8, height = 44 }: { readonly rows?: number; readonly height?: number }) {
  return (
    <div role="status" aria-busy="true" aria-label="Loading">
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton key={row} height={height - 8} my={8} radius="md" />
      ))}
    </div>
  );
}
