import { useLocation } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useLiveQuery } from '../graphql/useLiveQuery.ts';
import { useRefetchOnChanges } from '../live/useRefetchOnChanges.ts';
import { useMay } from '../session/viewer.ts';
import { Failed, NothingYet, SkeletonRows } from '../ui/states.tsx';
import { type Selection, useSelection } from '../ui/useSelection.ts';
import { AlertRow } from './AlertRow.tsx';
import { incidentAlertsQuery, type IncidentDetails } from './incidentQuery.ts';
import { SplitBar } from './SplitBar.tsx';
import { alertsPanelId } from './StillFiring.tsx';

interface PageProps {
  readonly incident: IncidentDetails;
  readonly after: string | null;
  readonly selection: Selection;
  /** Set on the last page that is shown: goes on behind it. */
  readonly onMore: ((after: string) => void) | null;
}

/** Each page is a query of its own, so that all of them stay current. */
function AlertPage({ incident, after, selection, onMore }: PageProps) {
  const may = useMay();
  const { data, error, refetch } = useLiveQuery({ query: incidentAlertsQuery, variables: { id: incident.id, after } });
  useRefetchOnChanges(refetch, { incidentId: incident.id });
  const page = data?.incident?.alerts;
  if (!page && error) return <Failed error={error} onRetry={refetch} />;
  if (!page) return <SkeletonRows rows={4} height={72} />;
  if (page.nodes.length === 0 && after === null) {
    return <NothingYet title="No alerts">A person reported this incident; no alert has joined it.</NothingYet>;
  }
  const next = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  const onSelect = may('Mutation.splitIncident') ? selection.select : null;
  return (
    <>
      <ul className="alerts-list">
        {page.nodes.map((alert) => (
          <AlertRow
            key={alert.id}
            alert={alert}
            shared={incident.sharedLabels}
            isSelected={selection.selected.has(alert.id)}
            onSelect={onSelect}
          />
        ))}
      </ul>
      {next && onMore && (
        <button type="button" className="link-button events-more" onClick={() => onMore(next)}>
          More alerts
        </button>
      )}
    </>
  );
}

/** The alerts of the incident: what they share stands once, above. */
export function AlertsPanel({ incident }: { readonly incident: IncidentDetails }) {
  const [pages, setPages] = useState<readonly (string | null)[]>([null]);
  const selection = useSelection();
  const selected = [...selection.selected];
  const panel = useRef<HTMLElement>(null);
  const location = useLocation();
  useEffect(() => {
    if (location.hash === alertsPanelId) panel.current?.focus();
  }, [location]);
  return (
    <section ref={panel} id={alertsPanelId} className="panel alerts-panel" aria-label="Alerts" tabIndex={-1}>
      <div className="panel-head">
        <h2 className="panel-title">
          Alerts{' '}
          {incident.alertCount > 0 && (
            <span className="muted">
              {incident.firingAlertCount} of {incident.alertCount} firing
            </span>
          )}
        </h2>
      </div>
      {selected.length > 0 && <SplitBar incident={incident} alertIds={selected} onDone={selection.clear} />}
      {incident.sharedLabels.length > 0 && incident.alertCount > 1 && (
        <div className="shared-labels" aria-label="Labels shared by all alerts">
          <span className="muted">All share</span>
          {incident.sharedLabels.map(({ name, value }) => (
            <span key={name} className="chip mono">
              {name}={value}
            </span>
          ))}
        </div>
      )}
      {pages.map((after, index) => (
        <AlertPage
          key={after ?? 'first'}
          incident={incident}
          after={after}
          selection={selection}
          onMore={index === pages.length - 1 ? (next) => setPages([...pages, next]) : null}
        />
      ))}
    </section>
  );
}
