import { createContext, type ReactNode, use, useEffect, useMemo } from 'react';
import type { ResultOf } from 'gql.tada';
import { graphql } from '../graphql/graphql.ts';
import { useLiveQuery } from '../graphql/useLiveQuery.ts';
import { watchReconnects } from '../live/catchUp.ts';
import { startIncidentFeed } from '../live/incidentFeed.ts';
import { signInNeeded } from '../session/token.ts';
import { useStore } from '../ui/createStore.ts';
import { Failed, SkeletonRows } from '../ui/states.tsx';
import { SignIn } from './SignIn.tsx';

const bootQuery = graphql(`
  query Boot {
    system {
      version
      isEmpty
      demoIsRunning
      ingestUrl
      authRequired
    }
    logCursor
  }
`);

export type SystemStatus = ResultOf<typeof bootQuery>['system'];

interface System extends SystemStatus {
  readonly refetch: () => void;
}

const SystemContext = createContext<System | null>(null);

/** What the server says about itself. Only below `Boot`. */
export function useSystem(): System {
  const system = use(SystemContext);
  if (!system) throw new Error('useSystem is for components below Boot');
  return system;
}

const retryMs = 4_000;

function useIncidentFeed(cursor: string | undefined): void {
  const isReady = cursor !== undefined;
  useEffect(() => {
    if (cursor === undefined) return;
    return startIncidentFeed(cursor);
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the feed keeps its own cursor: only the first one starts it
  }, [isReady]);
  useEffect(watchReconnects, []);
}

/**
 * Reads where the log is *before* any screen reads its data, and follows it from there: an event between the two is
 * then seen twice at worst, never missed.
 */
export function Boot({ children }: { readonly children: ReactNode }) {
  const { data, error, refetch } = useLiveQuery({ query: bootQuery, variables: {} });
  const isRefused = useStore(signInNeeded);
  useIncidentFeed(isRefused ? undefined : data?.logCursor);
  const system = useMemo(() => data && { ...data.system, refetch }, [data, refetch]);
  const isFailing = !data && error !== undefined && !isRefused;
  useEffect(() => {
    if (!isFailing) return;
    const timer = setInterval(refetch, retryMs);
    return () => clearInterval(timer);
  }, [isFailing, refetch]);

  if (isRefused) return <SignIn />;
  if (system) return <SystemContext value={system}>{children}</SystemContext>;
  if (error) return <Failed error={error} onRetry={refetch} />;
  return <SkeletonRows />;
}
