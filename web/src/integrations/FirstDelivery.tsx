import { IconCircleCheck } from '@tabler/icons-react';
import { Ago } from '../ui/Time.tsx';
import { useNow } from '../ui/useNow.ts';
import type { DeliveryEvent, IntegrationDetails } from './integrationsQueries.ts';
import { arrivalText } from './outcomes.ts';

/** Ticks each second, because one watches it. */
function AgoToTheSecond({ at }: { readonly at: string }) {
  useNow('second');
  return <Ago at={at} />;
}

interface FirstDeliveryProps {
  readonly integration: IntegrationDetails;
  /** The first delivery seen arriving on this page. */
  readonly arrived: DeliveryEvent | null;
}

/** Waits for the sender to speak for the first time, and says when it has. */
export function FirstDelivery({ integration, arrived }: FirstDeliveryProps) {
  const at = arrived?.receivedAt ?? integration.firstReceivedAt;
  return (
    <div className="first-delivery" data-arrived={at !== null} role="status">
      {at === null ? (
        <>
          <span className="first-delivery-pulse" aria-hidden="true" />
          <span>
            <strong>Waiting for the first delivery…</strong>
            <span className="muted"> It appears here by itself, the moment it comes.</span>
          </span>
        </>
      ) : (
        <>
          <IconCircleCheck size={18} stroke={1.8} aria-hidden="true" />
          <span>
            <strong>
              First delivery arrived <AgoToTheSecond at={at} />
            </strong>
            {arrived && `: ${arrivalText(arrived.outcomes)}`}
          </span>
        </>
      )}
    </div>
  );
}
