import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useLiveQuery } from '../graphql/useLiveQuery.ts';
import { useRefetchOnChanges } from '../live/useRefetchOnChanges.ts';
import { Failed, NotFound, SkeletonRows } from '../ui/states.tsx';
import { codeOf } from '../graphql/errors.ts';
import './alertsPanel.css';
import './incident.css';
import './timeline.css';
import { IncidentHeader } from './IncidentHeader.tsx';
import { type IncidentDetails, incidentQuery } from './incidentQuery.ts';
import { IncidentTabs } from './IncidentTabs.tsx';
import { incidentRoute } from './route.ts';
import { StillFiring } from './StillFiring.tsx';

function useTitle(title: string | undefined): void {
  useEffect(() => {
    if (title === undefined) return;
    document.title = `${title} · Tocsin`;
    return () => {
      document.title = 'Tocsin';
    };
  }, [title]);
}

function Missing({ number }: { readonly number: string }) {
  return (
    <NotFound title={`There is no INC-${number}`}>
      <Link to="/incidents">Go to the incidents</Link>
    </NotFound>
  );
}

function Loaded({ incident, refetch }: { readonly incident: IncidentDetails; readonly refetch: () => void }) {
  // The feed brings the row; shared labels and the computed times have to be asked for.
  useRefetchOnChanges(refetch, { incidentId: incident.id });
  return (
    <div className="incident">
      <IncidentHeader incident={incident} />
      <StillFiring incident={incident} />
      <IncidentTabs incident={incident} />
    </div>
  );
}

export function IncidentScreen() {
  const { number } = incidentRoute.useParams();
  const isNumber = /^\d{1,9}$/.test(number);
  const { data, error, refetch } = useLiveQuery({
    query: incidentQuery,
    variables: { number: isNumber ? Number(number) : 0 },
    pause: !isNumber,
  });
  const incident = data?.incident;
  useTitle(incident ? `${incident.reference} ${incident.title}` : undefined);
  if (!isNumber || (error && codeOf(error) === 'NOT_FOUND')) return <Missing number={number} />;
  if (incident) return <Loaded key={incident.id} incident={incident} refetch={refetch} />;
  if (error) return <Failed error={error} onRetry={refetch} />;
  return data ? <Missing number={number} /> : <SkeletonRows />;
}
