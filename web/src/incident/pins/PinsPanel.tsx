import { useLiveQuery } from '../../graphql/useLiveQuery.ts';
import { useRefetchOnChanges } from '../../live/useRefetchOnChanges.ts';
import { Allowed } from '../../session/Allowed.tsx';
import { Ago } from '../../ui/Time.tsx';
import { useAct } from '../../ui/useAct.ts';
import { notesQuery, unpin } from '../notes/notesQueries.ts';
import type { IncidentPanelProps } from '../panels.ts';
import '../work.css';

/** What somebody set apart, so that who comes later finds it. Nothing is shown while nothing is pinned. */
export function PinsPanel({ incidentId }: IncidentPanelProps) {
  const { data, refetch } = useLiveQuery({ query: notesQuery, variables: { id: incidentId } });
  useRefetchOnChanges(refetch, { incidentId });
  const { act, isActing } = useAct();
  const pins = data?.incident?.pins ?? [];
  if (pins.length === 0) return null;
  return (
    <section className="panel" aria-label="Pinned">
      <div className="panel-head">
        <h2 className="panel-title">Pinned</h2>
      </div>
      <ul className="work-list">
        {pins.map(({ id, title, pinnedBy, pinnedAt, attachment }) => (
          <li key={id} className="work-row">
            <span className="work-what">
              {attachment ? <a href={attachment.url}>{title}</a> : <span>{title}</span>}
              <span className="muted">
                {pinnedBy}, <Ago at={pinnedAt} />
              </span>
            </span>
            <Allowed to="Mutation.unpin">
              <button
                type="button"
                className="link-button"
                disabled={isActing}
                aria-label={`Unpin ${title}`}
                onClick={() => void act(unpin, { id }).then((done) => done && refetch())}
              >
                Unpin
              </button>
            </Allowed>
          </li>
        ))}
      </ul>
    </section>
  );
}
