import { Link } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { Ago, Elapsed } from '../ui/Time.tsx';
import { type AlertDetails, alertEpisodesQuery, type Episode } from './alertDetailQueries.ts';
import { useAlertSearch } from './useAlertSearch.ts';

/** The API takes this many matchers; the first labels of longer lists tell enough, and the fingerprint decides. */
const mostMatchers = 20;

function filterFor({ integration, labels }: AlertDetails) {
  const matchers = labels.slice(0, mostMatchers).map(({ name, value }) => ({ name, op: 'EQ' as const, value }));
  return { integrationIds: [integration.id], matchers };
}

function EpisodeLine({ episode, isThis }: { readonly episode: Episode; readonly isThis: boolean }) {
  const { change } = useAlertSearch();
  const end = episode.status === 'FIRING' ? null : (episode.endsAt ?? episode.lastReceivedAt);
  return (
    <li className="detail-episode" aria-current={isThis || undefined}>
      <button type="button" className="link-button" disabled={isThis} onClick={() => change({ alert: episode.id })}>
        <Ago at={episode.startsAt} />
      </button>
      <span>
        {end === null ? 'firing for ' : 'took '}
        <Elapsed from={episode.startsAt} to={end} isShort />
      </span>
      <span className="muted">×{episode.receivedCount}</span>
      {episode.incident && (
        <Link to="/incidents/$number" params={{ number: String(episode.incident.number) }}>
          {episode.incident.reference}
        </Link>
      )}
    </li>
  );
}

/** How often the same condition has come before. */
export function AlertEpisodes({ alert }: { readonly alert: AlertDetails }) {
  const [{ data }] = useQuery({
    query: alertEpisodesQuery,
    variables: { filter: filterFor(alert) },
    requestPolicy: 'cache-and-network',
    pause: alert.labels.length === 0,
  });
  const episodes = (data?.alerts.nodes ?? []).filter(({ fingerprint }) => fingerprint === alert.fingerprint);
  if (episodes.length < 2) return null;
  return (
    <section className="detail-part">
      <h3>Episodes of this condition</h3>
      <ol className="detail-episodes">
        {episodes.map((episode) => (
          <EpisodeLine key={episode.id} episode={episode} isThis={episode.id === alert.id} />
        ))}
      </ol>
    </section>
  );
}
