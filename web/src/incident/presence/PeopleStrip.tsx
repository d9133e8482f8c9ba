import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { useSubscription } from 'urql';
import { client } from '../../graphql/client.ts';
import { useLiveQuery } from '../../graphql/useLiveQuery.ts';
import { useRefetchOnChanges } from '../../live/useRefetchOnChanges.ts';
import { useMay, useViewer } from '../../session/viewer.ts';
import { Avatar } from '../../ui/Avatar.tsx';
import { useAct } from '../../ui/useAct.ts';
import { usePersonName } from '../../ui/usePersonName.ts';
import { counted } from '../../ui/words.ts';
import type { IncidentDetails } from '../incidentQuery.ts';
import { roleWords } from '../roles/roleWords.ts';
import { followAction } from './followAction.ts';
import './presence.css';
import { followersQuery, presenceSubscription, showPresence } from './presenceQueries.ts';

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

function Looking({ incidentId }: { readonly incidentId: string }) {
  const [{ data: live }] = useSubscription({ query: presenceSubscription, variables: { incidentId } });
  const viewer = useViewer();
  const others = (live?.incidentPresence.present ?? []).filter(({ person }) => person.id !== viewer.person.id);
  return others.map(({ person }) => (
    <span key={person.id} className="person" data-testid="present">
      <Avatar name={person.name} />
      {person.name} is looking
    </span>
  ));
}

/** Whose it is, and who does what. */
function Working({ incident }: { readonly incident: IncidentDetails }) {
  const nameOf = usePersonName();
  const held = incident.roles.flatMap(({ role, holders }) => holders.map((holder) => ({ role, ...holder })));
  return (
    <>
      {incident.assignee !== null && (
        <span className="person">
          <Avatar name={nameOf(incident.assignee)} />
          <strong>{nameOf(incident.assignee)}</strong>
        </span>
      )}
      {held.map(({ role, personId, name }) => (
        <span key={`${role} ${personId}`}>
          <span className="muted">{roleWords[role]}</span> {name}
        </span>
      ))}
    </>
  );
}

/** Whose the incident is, who else looks at it now, and who is told of it. */
export function PeopleStrip({ incident }: { readonly incident: IncidentDetails }) {
  const { id } = incident;
  useShowPresence(id);
  const { data, refetch } = useLiveQuery({ query: followersQuery, variables: { id } });
  useRefetchOnChanges(refetch, { incidentId: id });
  const { act, isActing } = useAct();
  const may = useMay();
  const subscribers = data?.incident?.subscribers ?? [];
  const follow = followAction(incident, act);
  return (
    <section className="incident-people" aria-label="People">
      <Working incident={incident} />
      <Looking incidentId={id} />
      <span className="muted" title={subscribers.map(({ name }) => name).join(', ')}>
        {counted(subscribers.length, 'follower')}
      </span>
      {may('Mutation.subscribeToIncident') && (
        <Button
          size="compact-sm"
          variant="default"
          disabled={isActing}
          aria-pressed={incident.isSubscribed}
          onClick={follow.run}
        >
          {follow.label}
        </Button>
      )}
    </section>
  );
}
