import { Link } from '@tanstack/react-router';
import { graphql } from '../../graphql/graphql.ts';
import { incidentFields } from '../../graphql/incidentFields.ts';
import { useLiveQuery } from '../../graphql/useLiveQuery.ts';
import { useRefetchOnChanges } from '../../live/useRefetchOnChanges.ts';
import { useViewer } from '../../session/viewer.ts';
import { PhaseBadge } from '../../ui/PhaseBadge.tsx';
import { SeverityBadge } from '../../ui/SeverityBadge.tsx';
import { Failed, SkeletonRows } from '../../ui/states.tsx';
import { Elapsed } from '../../ui/Time.tsx';

const myIncidentsQuery = graphql(
  `
    query MyIncidents($handle: String!) {
      incidents(filter: { isOpen: true, assignees: [$handle] }, sort: SEVERITY, first: 50) {
        nodes {
          ...IncidentFields
        }
      }
    }
  `,
  [incidentFields],
);

/** Open incidents that were given to the viewer. */
export function MyIncidents() {
  const { handle } = useViewer().person;
  const { data, error, refetch } = useLiveQuery({ query: myIncidentsQuery, variables: { handle } });
  useRefetchOnChanges(refetch);
  const incidents = data?.incidents.nodes;
  if (!incidents) return error ? <Failed error={error} onRetry={refetch} /> : <SkeletonRows rows={2} />;
  if (incidents.length === 0) return <p className="me-note">No open incident is assigned to you.</p>;
  return (
    <ul className="me-rows">
      {incidents.map((incident) => (
        <li key={incident.id} className="me-row">
          <Link to="/incidents/$number" params={{ number: String(incident.number) }} className="row-link">
            <span className="reference">{incident.reference}</span> {incident.title}
          </Link>
          <span className="me-row-marks">
            <SeverityBadge severity={incident.severity} />
            <PhaseBadge phase={incident.phase} />
            <span className="muted">
              <Elapsed from={incident.openedAt} to={null} isShort />
            </span>
          </span>
        </li>
      ))}
    </ul>
  );
}
