import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { graphql } from '../../graphql/graphql.ts';
import { useLiveQuery } from '../../graphql/useLiveQuery.ts';
import '../../incident/work.css';
import { Failed } from '../../ui/states.tsx';
import { humanDuration } from '../../ui/duration.ts';

const previewPagesQuery = graphql(`
  query PreviewPages($policyId: ID!, $at: DateTime!) {
    previewPages(policyId: $policyId, at: $at) {
      step
      afterSeconds
      skippedBecause
      channels
      missing
      people {
        because
        isReachable
        person {
          id
          name
        }
      }
    }
  }
`);

/** The time of a form field, which is local and without a zone. */
function localTime(at: number): string {
  const shifted = new Date(at - new Date(at).getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 16);
}

/** Whom a saved policy would call for a critical incident, if nobody answered. */
export function PagePreview({ policyId }: { readonly policyId: string }) {
  const [now] = useState(() => Date.now());
  const [at, setAt] = useState(() => localTime(now));
  const instant = new Date(at === '' ? now : at).toISOString();
  const { data, error, refetch } = useLiveQuery({ query: previewPagesQuery, variables: { policyId, at: instant } });
  return (
    <section className="panel" aria-label="Whom this calls">
      <header className="oncall-panel-head">
        <h2>Whom this calls</h2>
        <span className="muted">as it is saved, for a critical incident that opens</span>
        <TextInput
          type="datetime-local"
          aria-label="When the incident opens"
          value={at}
          onChange={({ currentTarget }) => setAt(currentTarget.value)}
        />
      </header>
      {error && <Failed error={error} onRetry={refetch} />}
      <ol className="work-list">
        {(data?.previewPages ?? []).map(({ step, afterSeconds, skippedBecause, people, channels, missing }) => (
          <li key={step} className="work-row">
            <span className="work-what">
              <span className="work-title">
                {afterSeconds === 0 ? 'At once' : `After ${humanDuration(afterSeconds)}`}
              </span>
              {skippedBecause !== null && <span className="muted">Passed over: {skippedBecause}</span>}
              {people.map(({ person, because, isReachable }) => (
                <span key={person.id}>
                  {person.name} <span className="muted">{because}</span>
                  {!isReachable && <span className="work-late"> no message would arrive</span>}
                </span>
              ))}
              {channels.map((name) => (
                <span key={name}>{name}</span>
              ))}
              {missing.map((what) => (
                <span key={what} className="work-late">
                  {what}
                </span>
              ))}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
