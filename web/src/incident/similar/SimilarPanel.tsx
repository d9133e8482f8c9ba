import { Link } from '@tanstack/react-router';
import { graphql } from '../../graphql/graphql.ts';
import { useLiveQuery } from '../../graphql/useLiveQuery.ts';
import { Ago } from '../../ui/Time.tsx';
import type { IncidentPanelProps } from '../panels.ts';
import '../review/review.css';

const similarQuery = graphql(`
  query SimilarIncidents($id: ID!) {
    incident(id: $id) {
      id
      similar(first: 5) {
        because
        score
        resolvedBy
        whatHelped
        review {
          id
          state
        }
        incident {
          id
          number
          reference
          title
          openedAt
        }
      }
    }
  }
`);

/** What happened before and what helped then, from the first minute on. */
export function SimilarPanel({ incidentId }: IncidentPanelProps) {
  const { data } = useLiveQuery({ query: similarQuery, variables: { id: incidentId } });
  const similar = data?.incident?.similar ?? [];
  if (similar.length === 0) return null;
  return (
    <section className="panel" aria-label="Similar incidents">
      <h2 className="panel-title">
        Similar before <span className="muted">and what helped</span>
      </h2>
      <ul className="similar">
        {similar.map(({ incident, because, whatHelped, resolvedBy, review }) => (
          <li key={incident.id} data-testid="similar">
            <Link to="/incidents/$number" params={{ number: String(incident.number) }} className="row-link">
              <span className="reference">{incident.reference}</span> {incident.title}
            </Link>
            <p className="muted similar-because">
              <Ago at={incident.openedAt} /> · {because.join(' · ')}
              {resolvedBy !== null && ` · resolved by ${resolvedBy}`}
              {review?.state === 'PUBLISHED' && ' · reviewed'}
            </p>
            {whatHelped && <p className="similar-help">{whatHelped}</p>}
          </li>
        ))}
      </ul>
    </section>
  );
}
