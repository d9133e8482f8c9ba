import { graphql } from '../../graphql/graphql.ts';
import { useLiveQuery } from '../../graphql/useLiveQuery.ts';
import { useRefetchOnChanges } from '../../live/useRefetchOnChanges.ts';
import { useMay } from '../../session/viewer.ts';
import type { IncidentPanelProps } from '../panels.ts';
import '../review/review.css';

const csatQuery = graphql(`
  query IncidentCsat($id: ID!) {
    incident(id: $id) {
      id
      csat {
        asked
        answered
        satisfiedShare
        scores
        comments
      }
    }
  }
`);

const levels = ['Very badly', 'Badly', 'Fair', 'Well', 'Very well'];

/** How those who took part found it; for managers. */
export function CsatPanel({ incidentId }: IncidentPanelProps) {
  const may = useMay()('Incident.csat');
  const { data, refetch } = useLiveQuery({ query: csatQuery, variables: { id: incidentId }, pause: !may });
  useRefetchOnChanges(refetch, { incidentId });
  const csat = data?.incident?.csat;
  if (!csat) return null;
  const most = Math.max(1, ...csat.scores);
  return (
    <section className="panel" aria-label="How it went">
      <h2 className="panel-title">
        How it went{' '}
        <span className="muted">
          {csat.answered} of {csat.asked} answered
        </span>
      </h2>
      <div className="csat">
        {csat.satisfiedShare !== null && <p>{Math.round(csat.satisfiedShare * 100)} % were satisfied.</p>}
        <ul className="csat-scores">
          {levels.map((level, index) => (
            <li key={level}>
              <span className="muted">{level}</span>
              <span className="csat-bar" style={{ width: `${((csat.scores[index] ?? 0) / most) * 100}%` }} />
              <span>{csat.scores[index] ?? 0}</span>
            </li>
          ))}
        </ul>
        {csat.comments.map((comment) => (
          <p key={comment} className="csat-comment">
            {comment}
          </p>
        ))}
      </div>
    </section>
  );
}
