import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ResultOf } from 'gql.tada';
import { useState } from 'react';
import { client } from '../../graphql/client.ts';
import { sentenceOf } from '../../graphql/errors.ts';
import { Ago } from '../../ui/Time.tsx';
import { counted } from '../../ui/words.ts';
import { dryRunQuery, type RuleInput } from './automationQueries.ts';

type Result = ResultOf<typeof dryRunQuery>['dryRunAutomation'];

function Matches({ result: { eventCount, matches, failures } }: { readonly result: Result }) {
  return (
    <>
      <p className="muted">
        {counted(matches.length, 'match', 'matches')} in {counted(eventCount, 'event')} of the last 30 days, with the
        incidents as they are now.
      </p>
      {failures.map((failure) => (
        <p key={failure} className="automation-failure">
          {failure}
        </p>
      ))}
      <ul className="automation-matches">
        {matches.slice(0, 20).map(({ event, incident, wouldDo }) => (
          <li key={event.id}>
            <Link to="/incidents/$number" params={{ number: String(incident.number) }}>
              {incident.reference}
            </Link>{' '}
            {incident.title} <span className="muted">· {event.summary} · </span>
            <Ago at={event.occurredAt} />
            <span className="automation-would">would {wouldDo.join(', ')}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

/** What the draft would have done, on what happened. */
export function DryRun({ input }: { readonly input: RuleInput }) {
  const [state, setState] = useState<{ readonly result?: Result; readonly error?: string }>({});
  const [isRunning, setRunning] = useState(false);
  const run = async () => {
    setRunning(true);
    // A name is asked for when it is saved.
    const named = { ...input, name: input.name.trim() || 'draft' };
    const { data, error } = await client
      .query(dryRunQuery, { input: named }, { requestPolicy: 'network-only' })
      .toPromise();
    setState(error ? { error: sentenceOf(error) } : data ? { result: data.dryRunAutomation } : {});
    setRunning(false);
  };
  return (
    <div className="automation-dry">
      <Button variant="default" size="xs" onClick={() => void run()} loading={isRunning}>
        Try it on the last 30 days
      </Button>
      {state.error !== undefined && (
        <p className="automation-failure" role="alert">
          {state.error}
        </p>
      )}
      {state.result && <Matches result={state.result} />}
    </div>
  );
}
