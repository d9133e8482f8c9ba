import { Button } from '@mantine/core';
import { IconChartBarOff, IconDatabaseOff } from '@tabler/icons-react';
import { useEffect } from 'react';
import type { CombinedError } from 'urql';
import { codeOf } from '../graphql/errors.ts';
import { Failed } from '../ui/states.tsx';

const retryMs = 5_000;

/** The database of numbers is away. Everything else goes on, and this page asks again by itself. */
export function NumbersAway({ error, onRetry }: { readonly error: CombinedError; readonly onRetry: () => void }) {
  const isAway = codeOf(error) === 'UNAVAILABLE';
  useEffect(() => {
    if (!isAway) return;
    const timer = setInterval(onRetry, retryMs);
    return () => clearInterval(timer);
  }, [isAway, onRetry]);
  if (!isAway) return <Failed error={error} onRetry={onRetry} />;
  return (
    <section className="state" role="status">
      <IconDatabaseOff size={28} stroke={1.5} aria-hidden="true" className="muted" />
      <h2>The numbers are away</h2>
      <p>ClickHouse does not answer. Alerts and incidents go on as ever; the numbers come back by themselves.</p>
      <Button onClick={onRetry} variant="default">
        Try again now
      </Button>
    </section>
  );
}

/** A period without anything behind the number. */
export function NoNumbers({ name }: { readonly name: string }) {
  return (
    <section className="state">
      <IconChartBarOff size={28} stroke={1.5} aria-hidden="true" className="muted" />
      <h2>Nothing in this period</h2>
      <p>No incident or alert stands behind “{name}” here. Choose a longer period or fewer filters.</p>
    </section>
  );
}
