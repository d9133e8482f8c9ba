import { useLiveQuery } from '../../graphql/useLiveQuery.ts';
import { useRefetchOnChanges } from '../../live/useRefetchOnChanges.ts';
import { Failed, SkeletonRows } from '../../ui/states.tsx';
import { FieldsList } from '../fields/FieldsList.tsx';
import type { IncidentPanelProps } from '../panels.ts';
import { RolesList } from '../roles/RolesList.tsx';
import { StatusMenu } from './StatusMenu.tsx';
import './work.css';
import { workQuery } from './workQuery.ts';

/** Where the incident stands in its workflow, its fields, its roles with their checklists. */
export function WorkPanel({ incidentId }: IncidentPanelProps) {
  const { data, error, refetch } = useLiveQuery({ query: workQuery, variables: { id: incidentId } });
  useRefetchOnChanges(refetch, { incidentId });
  const incident = data?.incident;
  if (!incident) return error ? <Failed error={error} onRetry={refetch} /> : <SkeletonRows />;
  const obstacles = incident.status.phase === 'RESOLVED' ? incident.closingObstacles : [];
  return (
    <section className="panel work" aria-label="Work">
      <div className="work-status">
        <span className="muted">Status</span>
        <StatusMenu incident={incident} />
        {incident.isRestricted && <span className="chip">Restricted</span>}
      </div>
      {obstacles.length > 0 && (
        <div className="work-obstacles">
          <strong>Before it can be closed</strong>
          <ul>
            {obstacles.map((obstacle) => (
              <li key={obstacle}>{obstacle}</li>
            ))}
          </ul>
        </div>
      )}
      <FieldsList incident={incident} />
      <h3 className="work-title">Roles</h3>
      <RolesList incident={incident} />
    </section>
  );
}
