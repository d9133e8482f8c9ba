import { lazy, Suspense, useEffect } from 'react';
import { FirstRun } from '../firstRun/FirstRun.tsx';
import { useLiveQuery } from '../graphql/useLiveQuery.ts';
import { useIncidentChanges } from '../live/incidentFeed.ts';
import { useRefetchOnChanges } from '../live/useRefetchOnChanges.ts';
import { useSystem } from '../shell/Boot.tsx';
import { Failed, SkeletonRows } from '../ui/states.tsx';
import { Burning } from './Burning.tsx';
import { Counters } from './Counters.tsx';
import './overview.css';
import { burningQuery, overviewQuery } from './overviewQuery.ts';
import { RecentEvents } from './RecentEvents.tsx';
import { SilentIntegrations } from './SilentIntegrations.tsx';

/** Comes behind what burns. */
const OnCallNow = lazy(async () => ({ default: (await import('./OnCallNow.tsx')).OnCallNow }));

/** Numbers that move without an incident changing (alerts received, silent senders) are read again this often. */
const pollMs = 15_000;

function Current() {
  const overview = useLiveQuery({ query: overviewQuery, variables: {} });
  const burning = useLiveQuery({ query: burningQuery, variables: {} });
  const refetch = () => {
    overview.refetch();
    burning.refetch();
  };
  useRefetchOnChanges(refetch);
  const { refetch: refetchOverview } = overview;
  useEffect(() => {
    const timer = setInterval(refetchOverview, pollMs);
    return () => clearInterval(timer);
  }, [refetchOverview]);

  const error = overview.error ?? burning.error;
  const isComplete = overview.data && burning.data;
  if (error && !isComplete) return <Failed error={error} onRetry={refetch} />;
  if (!overview.data || !burning.data) return <SkeletonRows />;
  return (
    <div className="overview">
      <SilentIntegrations integrations={overview.data.overview.silentIntegrations} />
      <Counters overview={overview.data.overview} />
      <Burning incidents={burning.data.incidents.nodes} total={burning.data.incidents.totalCount} />
      <div className="overview-side">
        <Suspense fallback={null}>
          <OnCallNow />
        </Suspense>
        <RecentEvents events={overview.data.overview.recentEvents} />
      </div>
    </div>
  );
}

/** What is burning now. An empty system explains itself instead. */
export function OverviewScreen() {
  const { isEmpty, refetch } = useSystem();
  useIncidentChanges(() => {
    if (isEmpty) refetch();
  });
  return (
    <div className="overview-screen">
      <h1 className="screen-title">Overview</h1>
      {isEmpty ? <FirstRun /> : <Current />}
    </div>
  );
}
