import type { IncidentAction } from '../incidentActions.ts';
import type { Act } from '../../ui/useAct.ts';
import { subscribeToIncident } from './presenceQueries.ts';

interface Followed {
  readonly id: string;
  readonly reference: string;
  readonly isSubscribed: boolean;
}

/** To be told of what happens here, or no longer. */
export function followAction({ id, reference, isSubscribed }: Followed, act: Act): IncidentAction {
  const done = isSubscribed ? `You are told no more of ${reference}` : `You are told of ${reference}`;
  return {
    id: 'follow',
    label: isSubscribed ? 'Unfollow' : 'Follow',
    key: 'f',
    run: () => void act(subscribeToIncident, { id, isSubscribed: !isSubscribed }, done),
  };
}
