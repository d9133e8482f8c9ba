import { useRouter } from '@tanstack/react-router';
import { createContext, type ReactNode, use, useEffect, useMemo } from 'react';
import type { ResultOf } from 'gql.tada';
import type { CombinedError } from 'urql';
import { graphql } from '../graphql/graphql.ts';
import { useLiveQuery } from '../graphql/useLiveQuery.ts';
import { watchReconnects } from '../live/catchUp.ts';
import { startIncidentFeed } from '../live/incidentFeed.ts';
import { sessionEnded } from '../session/session.ts';
import { ViewerContext, viewerFields } from '../session/viewer.ts';
import { useStore } from '../ui/createStore.ts';
import { Failed, SkeletonRows } from '../ui/states.tsx';

const bootQuery = graphql(
  `
    query Boot {
      viewer {
        ...ViewerFields
      }
      system {
        version
        isEmpty
        demoIsRunning
        ingestUrl
      }
      logCursor
    }
  `,
  [viewerFields],
);

export type SystemStatus = ResultOf<typeof bootQuery>['system'];

interface System extends SystemStatus {
  readonly refetch: () => void;
}

const SystemContext = createContext<System | null>(null);

/** What the server says about itself. Only below `BootGate`. */
export function useSystem(): System {
  const system = use(SystemContext);
  if (!system) throw new Error('useSystem is for components below BootGate');
  return system;
}

interface BootState {
  readonly error: CombinedError | undefined;
  readonly retry: () => void;
}

const BootContext = createContext<BootState>({ error: undefined, retry: () => {} });

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

/** Leads to the sign-in, once: while it is being loaded, the address is its own already. */
function ToSignIn() {
  const router = useRouter();
  useEffect(() => {
    const { href, pathname } = router.state.location;
    if (pathname === '/sign-in') return;
    void router.navigate({ to: '/sign-in', search: href === '/' ? {} : { returnTo: href }, replace: true });
  }, [router]);
  return null;
}

/**
 * Asks who is signed in, and reads where the log is *before* any screen reads its data, and follows it from there: an
 * event between the two is then seen twice at worst, never missed. Whoever is not signed in goes to the sign-in.
 */
export function Boot({ children }: { readonly children: ReactNode }) {
  const { data, error, refetch } = useLiveQuery({ query: bootQuery, variables: {} });
  const hasEnded = useStore(sessionEnded);
  useIncidentFeed(hasEnded ? undefined : data?.logCursor);
  const system = useMemo(() => (data ? { ...data.system, refetch } : null), [data, refetch]);
  const state = useMemo(() => ({ error, retry: refetch }), [error, refetch]);
  const isFailing = !data && error !== undefined && !hasEnded;
  useEffect(() => {
    if (!isFailing) return;
    const timer = setInterval(refetch, retryMs);
    return () => clearInterval(timer);
  }, [isFailing, refetch]);

  if (hasEnded) return <ToSignIn />;
  return (
    <BootContext value={state}>
      <ViewerContext value={data?.viewer ?? null}>
        <SystemContext value={system}>{children}</SystemContext>
      </ViewerContext>
    </BootContext>
  );
}

/** The screens, once the server has said who asks and how it is. */
export function BootGate({ children }: { readonly children: ReactNode }) {
  const { error, retry } = use(BootContext);
  if (use(SystemContext)) return children;
  return error ? <Failed error={error} onRetry={retry} /> : <SkeletonRows />;
}
