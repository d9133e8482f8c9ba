import { useLiveQuery } from '../../graphql/useLiveQuery.ts';
import { useRefetchOnChanges } from '../../live/useRefetchOnChanges.ts';
import { useMay } from '../../session/viewer.ts';
import type { IncidentPanelProps } from '../panels.ts';
import '../work.css';
import { CallNow } from './CallNow.tsx';
import { Called } from './Called.tsx';
import { escalationQuery } from './escalationQueries.ts';
import { Snooze } from './Snooze.tsx';

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
