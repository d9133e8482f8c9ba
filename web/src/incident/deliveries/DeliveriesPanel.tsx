import { Button } from '@mantine/core';
import { useState } from 'react';
import { useLiveQuery } from '../../graphql/useLiveQuery.ts';
import { useRefetchOnChanges } from '../../live/useRefetchOnChanges.ts';
import { useMay } from '../../session/viewer.ts';
import { Failed, NothingYet, SkeletonRows } from '../../ui/states.tsx';
import { Clock, Until } from '../../ui/Time.tsx';
import { useAct } from '../../ui/useAct.ts';
import { counted } from '../../ui/words.ts';
import type { IncidentPanelProps } from '../panels.ts';
import { deliveriesQuery, type DeliveryRow, retryNotification } from './deliveryQueries.ts';
import './deliveries.css';

const stateWords = {
  WAITING: 'waits',
  SENDING: 'is being sent',
  SENT: 'sent',
  FAILED: 'failed',
  CANCELLED: 'not needed any more',
  BUNDLED: 'said along with another',
} as const satisfies Record<DeliveryRow['state'], string>;

const topicWords = {
  PAGE: 'Page',
  UPDATE: 'Update',
  PERSONAL: 'Personal',
  STAKEHOLDER: 'Stakeholders',
  TEST: 'Test',
} as const satisfies Record<DeliveryRow['topic'], string>;

function When({ delivery }: { readonly delivery: DeliveryRow }) {
  if (delivery.sentAt !== null) return <Clock at={delivery.sentAt} />;
  if (delivery.state !== 'WAITING') return null;
  return (
    <>
      due <Until at={delivery.dueAt} />
    </>
  );
}

/** Every time that it was tried, with what the receiver said. */
function Attempts({ delivery }: { readonly delivery: DeliveryRow }) {
  const { attempts } = delivery;
  if (attempts.length === 0 || (attempts.length === 1 && delivery.state === 'SENT')) return null;
  return (
    <ol className="delivery-attempts">
      {attempts.map(({ number, startedAt, outcome, status, error, isRepeat }) => (
        <li key={number}>
          <Clock at={startedAt} /> {outcome ?? 'nobody saw its end'}
          {status !== null && ` ${status}`}
          {isRepeat && ', said that it may be a repetition'}
          {error !== null && <span className="muted"> {error}</span>}
        </li>
      ))}
    </ol>
  );
}

interface DeliveryProps {
  readonly delivery: DeliveryRow;
  readonly onChanged: () => void;
}

function Delivery({ delivery, onChanged }: DeliveryProps) {
  const { person, channel, via, state, reason, bundledCount, fallbackOf } = delivery;
  const { act, isActing } = useAct();
  const mayRetry = useMay()('Mutation.retryNotification') && state === 'FAILED';
  const who = person?.name ?? channel?.name ?? via;
  const retry = async () => {
    if (await act(retryNotification, { id: delivery.id }, 'It is sent again')) onChanged();
  };
  return (
    <li className={`delivery delivery-${state.toLowerCase()}`} data-testid="delivery">
      <div className="delivery-main">
        <strong>{who}</strong>
        <span className="muted">
          {topicWords[delivery.topic]}
          {via !== who && ` by ${via}`}
          {fallbackOf && `, after ${fallbackOf.via} failed`}
          {bundledCount > 0 && `, with ${bundledCount} more`}
        </span>
        <Attempts delivery={delivery} />
      </div>
      <div className="delivery-end">
        <span className="delivery-state">{stateWords[state]}</span>
        <span className="muted">
          <When delivery={delivery} />
          {state !== 'SENT' && reason !== null && <span> {reason}</span>}
        </span>
        {mayRetry && (
          <Button size="compact-xs" variant="default" loading={isActing} onClick={() => void retry()}>
            Send again
          </Button>
        )}
      </div>
    </li>
  );
}

interface PageProps {
  readonly incidentId: string;
  readonly after: string | null;
  readonly onMore: ((after: string) => void) | null;
}

function DeliveryPage({ incidentId, after, onMore }: PageProps) {
  const { data, error, refetch } = useLiveQuery({ query: deliveriesQuery, variables: { id: incidentId, after } });
  useRefetchOnChanges(refetch, { incidentId });
  const page = data?.incident?.notifications;
  if (!page) return error ? <Failed error={error} onRetry={refetch} /> : <SkeletonRows rows={3} />;
  if (page.nodes.length === 0 && after === null) {
    return <NothingYet title="Nobody was told yet">Pages and updates stand here, with every attempt.</NothingYet>;
  }
  const next = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  return (
    <>
      <ul className="deliveries" aria-label={counted(page.nodes.length, 'delivery', 'deliveries')}>
        {page.nodes.map((delivery) => (
          <Delivery key={delivery.id} delivery={delivery} onChanged={refetch} />
        ))}
      </ul>
      {next && onMore && (
        <button type="button" className="link-button events-more" onClick={() => onMore(next)}>
          Earlier ones
        </button>
      )}
    </>
  );
}

/** Who was told what, through what, and what became of it. */
export function DeliveriesPanel({ incidentId }: IncidentPanelProps) {
  const [pages, setPages] = useState<readonly (string | null)[]>([null]);
  return (
    <section className="panel" aria-label="Deliveries">
      {pages.map((after, index) => (
        <DeliveryPage
          key={after ?? 'first'}
          incidentId={incidentId}
          after={after}
          onMore={index === pages.length - 1 ? (next) => setPages([...pages, next]) : null}
        />
      ))}
    </section>
  );
}
