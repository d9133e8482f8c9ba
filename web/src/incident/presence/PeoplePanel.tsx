import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { useSubscription } from 'urql';
import { client } from '../../graphql/client.ts';
import { useLiveQuery } from '../../graphql/useLiveQuery.ts';
import { useRefetchOnChanges } from '../../live/useRefetchOnChanges.ts';
import { useViewer } from '../../session/viewer.ts';
import { Avatar } from '../../ui/Avatar.tsx';
import { useAct } from '../../ui/useAct.ts';
import { counted } from '../../ui/words.ts';
import type { IncidentPanelProps } from '../panels.ts';
import '../work.css';
import { followersQuery, presenceSubscription, showPresence, subscribeToIncident } from './presenceQueries.ts';

const everyMs = 20_000;

/** Tells the others that the viewer looks, for as long as the page can be seen. */
function useShowPresence(incidentId: string): void {
  useEffect(() => {
    const show = () => {
      if (document.visibilityState !== 'visible') return;
      void client.mutation(showPresence, { incidentId, isTyping: false }).toPromise();
    };
    show();
    const timer = setInterval(show, everyMs);
    document.addEventListener('visibilitychange', show);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', show);
    };
  }, [incidentId]);
}

/** Who else looks at it now, and who is told of it. */
export function PeoplePanel({ incidentId }: IncidentPanelProps) {
  useShowPresence(incidentId);
  const [{ data: live }] = useSubscription({ query: presenceSubscription, variables: { incidentId } });
  const { data, refetch } = useLiveQuery({ query: followersQuery, variables: { id: incidentId } });
  useRefetchOnChanges(refetch, { incidentId });
  const viewer = useViewer();
  const { act, isActing } = useAct();
  const incident = data?.incident;
  if (!incident) return null;
  const others = (live?.incidentPresence.present ?? []).filter(({ person }) => person.id !== viewer.person.id);
  const { isSubscribed, subscribers } = incident;
  return (
    <section className="panel" aria-label="People">
      <div className="work-people">
        {others.length === 0 ? (
          <span className="muted">Nobody else is looking</span>
        ) : (
          others.map(({ person }) => (
            <span key={person.id} className="work-person" data-testid="present">
              <Avatar name={person.name} />
              {person.name} is looking
            </span>
          ))
        )}
        <span className="muted" title={subscribers.map(({ name }) => name).join(', ')}>
          {counted(subscribers.length, 'follower')}
        </span>
        <Button
          size="compact-sm"
          variant="default"
          disabled={isActing}
          aria-pressed={isSubscribed}
          onClick={() =>
            void act(subscribeToIncident, { id: incidentId, isSubscribed: !isSubscribed }).then(
              (done) => done && refetch(),
            )
          }
        >
          {isSubscribed ? 'Unfollow' : 'Follow'}
        </Button>
      </div>
    </section>
  );
}
