import { Button, Select } from '@mantine/core';
import { useState } from 'react';
import { useQuery } from 'urql';
import { useLiveQuery } from '../../graphql/useLiveQuery.ts';
import { useRefetchOnChanges } from '../../live/useRefetchOnChanges.ts';
import { useMay } from '../../session/viewer.ts';
import { Ago, Until } from '../../ui/Time.tsx';
import { useAct } from '../../ui/useAct.ts';
import type { IncidentPanelProps } from '../panels.ts';
import '../work.css';
import {
  escalateIncident,
  escalationQuery,
  type ShownEscalation,
  stopEscalation,
  whomToCallQuery,
} from './escalationQueries.ts';
import { Snooze } from './Snooze.tsx';

const pageWords = { OPEN: 'not answered yet', ACKNOWLEDGED: 'answered', ENDED: 'need not answer' } as const;

function stateOf({ state, step, stepCount, round, roundCount, endedBy }: ShownEscalation): string {
  switch (state) {
    case 'RUNNING':
      return `step ${step} of ${stepCount}${roundCount > 1 ? `, round ${round} of ${roundCount}` : ''}`;
    case 'ACKNOWLEDGED':
      return `acknowledged${endedBy === null ? '' : ` by ${endedBy}`}`;
    case 'EXHAUSTED':
      return 'everybody was called';
    case 'STOPPED':
      return `stopped${endedBy === null ? '' : ` by ${endedBy}`}`;
  }
}

function Called({ escalation }: { readonly escalation: ShownEscalation }) {
  const { policyName, pages, nextAt, state, startedAt } = escalation;
  return (
    <li className="work-row" data-testid="escalation">
      <div className="work-what">
        <span className="work-title">{policyName ?? 'Called by hand'}</span>
        <span className="muted work-actions">
          <span>{stateOf(escalation)}</span>
          <Ago at={startedAt} />
        </span>
        {pages.map(({ id, person, because, dueAt, state: answer }) => (
          <span key={id}>
            {person.name}{' '}
            <span className="muted">
              {because}, <Ago at={dueAt} />, {pageWords[answer]}
            </span>
          </span>
        ))}
        {nextAt !== null && state === 'RUNNING' && (
          <span>
            Next: <Until at={nextAt} />
          </span>
        )}
      </div>
    </li>
  );
}

interface CallProps {
  readonly incidentId: string;
  readonly isRunning: boolean;
  readonly onDone: () => void;
}

/** Somebody now: the next step, a person or everybody of a team. */
function CallNow({ incidentId, isRunning, onDone }: CallProps) {
  const [whom, setWhom] = useState<string | null>('next');
  const [{ data }] = useQuery({ query: whomToCallQuery, variables: {} });
  const { act, isActing } = useAct();
  const may = useMay();
  const [kind, id] = (whom ?? 'next').split(' ');
  const call = async () => {
    const input = kind === 'person' ? { personId: id ?? '' } : kind === 'team' ? { teamId: id ?? '' } : {};
    if (await act(escalateIncident, { id: incidentId, input }, 'Called')) onDone();
  };
  const stop = async () => {
    if (await act(stopEscalation, { id: incidentId }, 'Nobody else is called')) onDone();
  };
  return (
    <div className="work-form">
      <Select
        aria-label="Whom to call"
        value={whom}
        onChange={setWhom}
        allowDeselect={false}
        searchable
        data={[
          { value: 'next', label: isRunning ? 'The next step' : 'By the policy' },
          {
            group: 'People',
            items: (data?.people ?? []).map((person) => ({ value: `person ${person.id}`, label: person.name })),
          },
          {
            group: 'Teams',
            items: (data?.teams ?? []).map((team) => ({ value: `team ${team.id}`, label: `All of ${team.name}` })),
          },
        ]}
      />
      <Button variant="default" loading={isActing} onClick={() => void call()}>
        Call now
      </Button>
      {isRunning && may('Mutation.stopEscalation') && (
        <Button variant="subtle" color="red" disabled={isActing} onClick={() => void stop()}>
          Stop calling
        </Button>
      )}
    </div>
  );
}

const openPhases: ReadonlySet<string> = new Set(['DETECTED', 'TRIAGED', 'ACKNOWLEDGED', 'MITIGATED']);

/** Who was called when and why, what comes next, and calling somebody now. */
export function EscalationPanel({ incidentId }: IncidentPanelProps) {
  const { data, refetch } = useLiveQuery({ query: escalationQuery, variables: { id: incidentId } });
  useRefetchOnChanges(refetch, { incidentId });
  const may = useMay();
  const incident = data?.incident;
  if (!incident) return null;
  const { escalations } = incident;
  const isOpen = openPhases.has(incident.phase);
  const isRunning = escalations.some(({ state }) => state === 'RUNNING');
  const mayCall = isOpen && may('Mutation.escalateIncident');
  if (escalations.length === 0 && !mayCall) return null;
  return (
    <section className="panel" aria-label="Escalation">
      <div className="panel-head">
        <h2 className="panel-title">Escalation</h2>
      </div>
      {escalations.length === 0 && <p className="work-none">Nobody was called for this incident.</p>}
      {escalations.length > 0 && (
        <ul className="work-list">
          {escalations.map((escalation) => (
            <Called key={escalation.id} escalation={escalation} />
          ))}
        </ul>
      )}
      {mayCall && <CallNow incidentId={incidentId} isRunning={isRunning} onDone={refetch} />}
      {isOpen && <Snooze incident={incident} onDone={refetch} />}
    </section>
  );
}
