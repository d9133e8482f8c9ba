import type { ReactNode } from 'react';
import { humanDuration } from '../ui/duration.ts';
import { acknowledgerOf } from '../ui/owner.ts';
import { Ago, Elapsed } from '../ui/Time.tsx';
import { usePersonName } from '../ui/usePersonName.ts';
import type { IncidentDetails } from './incidentQuery.ts';

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="fact">
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Owner({ incident }: { readonly incident: IncidentDetails }) {
  const nameOf = usePersonName();
  if (incident.assignee !== null) return nameOf(incident.assignee);
  const acknowledger = acknowledgerOf(incident);
  return (
    <span className="muted">{acknowledger === null ? 'nobody yet' : `acknowledged by ${nameOf(acknowledger)}`}</span>
  );
}

function TimeToAcknowledge({ incident }: { readonly incident: IncidentDetails }) {
  if (incident.timeToAcknowledgeSeconds !== null) return humanDuration(incident.timeToAcknowledgeSeconds);
  if (!incident.isOpen) return <span className="muted">never acknowledged</span>;
  return (
    <span className="fact-running">
      <Elapsed from={incident.openedAt} to={null} /> and counting
    </span>
  );
}

function TimeToResolve({ incident }: { readonly incident: IncidentDetails }) {
  const { timeToResolveSeconds: last, timeToFirstResolveSeconds: first } = incident;
  if (last === null || incident.isOpen) return first === null ? '–' : `${humanDuration(first)}, then reopened`;
  const isSame = first === null || first === last;
  return isSame ? humanDuration(last) : `${humanDuration(last)} (first after ${humanDuration(first)})`;
}

/** What a glance at the incident has to answer. */
export function Facts({ incident }: { readonly incident: IncidentDetails }) {
  const nameOf = usePersonName();
  const wasResolved = incident.timeToFirstResolveSeconds !== null || incident.timeToResolveSeconds !== null;
  return (
    <dl className="facts panel" aria-label="Facts">
      <Fact label="Owner">
        <Owner incident={incident} />
      </Fact>
      <Fact label="Services">{incident.services.join(', ') || '–'}</Fact>
      {incident.probableOrigin && (
        <Fact label="Probable origin">
          <span className="fact-origin">{incident.probableOrigin}</span>
        </Fact>
      )}
      {incident.environment && <Fact label="Environment">{incident.environment}</Fact>}
      <Fact label="Opened">
        <Ago at={incident.openedAt} />
        {incident.reporter && ` by ${nameOf(incident.reporter)}`}
      </Fact>
      <Fact label="Impact since">
        <Ago at={incident.impactStartedAt} />
      </Fact>
      <Fact label="Time to acknowledge">
        <TimeToAcknowledge incident={incident} />
        {incident.acknowledgedBy && <span className="muted"> by {nameOf(incident.acknowledgedBy)}</span>}
      </Fact>
      {wasResolved && (
        <Fact label="Time to resolve">
          <TimeToResolve incident={incident} />
          {incident.resolvedBy && !incident.isOpen && (
            <span className="muted"> by {nameOf(incident.resolvedBy.name)}</span>
          )}
        </Fact>
      )}
      {incident.reopenedCount > 0 && <Fact label="Reopened">{incident.reopenedCount} ×</Fact>}
    </dl>
  );
}
