import { useEffect } from 'react';
import { useLiveEvents } from '../live/useLiveEvents.ts';
import { useLogHead } from '../ui/useLogHead.ts';
import { useThrottled } from '../ui/useThrottled.ts';
import { type DeliveryEvent, deliveryEventsSubscription } from './integrationsQueries.ts';

const refetchMs = 1_000;

interface Options {
  /** @default all integrations */
  readonly integrationId?: string;
  readonly refetch: () => void;
  readonly onDelivery?: (delivery: DeliveryEvent) => void;
}

/** Follows what is received, and reads again what it changed. */
export function useDeliveryFeed({ integrationId, refetch, onDelivery }: Options): void {
  const after = useLogHead();
  const refetchSoon = useThrottled(refetch, refetchMs);
  // What came between the data and the head of the log is in neither: read once more behind it.
  useEffect(() => {
    if (after !== null) refetchSoon();
  }, [after, refetchSoon]);
  useLiveEvents({
    query: deliveryEventsSubscription,
    variables: after === null ? null : { integrationId: integrationId ?? null, after },
    onData: ({ deliveryEvents }) => {
      onDelivery?.(deliveryEvents);
      refetchSoon();
    },
  });
}
