import { NothingYet } from '../ui/states.tsx';
import { Ago, Clock } from '../ui/Time.tsx';
import { counted } from '../ui/words.ts';
import type { Delivery, IntegrationDetails } from './integrationsQueries.ts';
import { Outcomes } from './Outcomes.tsx';
import { outcomeWords } from './outcomes.ts';
import './deliveries.css';

function countsOf(delivery: Delivery) {
  const counts: Readonly<Record<string, unknown>> = delivery;
  return Object.keys(outcomeWords).map((outcome) => ({ outcome, count: Number(counts[outcome] ?? 0) }));
}

function DeliveryLine({ delivery }: { readonly delivery: Delivery }) {
  return (
    <li className="delivery" data-testid="delivery">
      <span className="delivery-when">
        <Clock at={delivery.receivedAt} />
        <span className="muted">
          <Ago at={delivery.receivedAt} />
        </span>
      </span>
      <span className="delivery-size">
        {delivery.alertCount > 0
          ? counted(delivery.alertCount, 'alert')
          : delivery.changes > 0
            ? counted(delivery.changes, 'change')
            : 'no alert'}
      </span>
      <Outcomes counts={countsOf(delivery)} />
      {delivery.receivedCount > 1 && (
        <span className="muted" title="The same request again changes nothing">
          sent ×{delivery.receivedCount}
        </span>
      )}
    </li>
  );
}

/** What was received lately, live, and what became of all of it. */
export function DeliveriesPanel({ integration }: { readonly integration: IntegrationDetails }) {
  return (
    <section className="panel" aria-label="Recent deliveries">
      <h2 className="panel-title">Recent deliveries</h2>
      {integration.outcomes.length > 0 && (
        <p className="outcomes-total">
          <span className="muted">In all</span> <Outcomes counts={integration.outcomes} />
        </p>
      )}
      {integration.deliveries.length === 0 ? (
        <NothingYet title="Nothing has been received">The first delivery appears here by itself.</NothingYet>
      ) : (
        <ol className="deliveries">
          {integration.deliveries.map((delivery) => (
            <DeliveryLine key={delivery.id} delivery={delivery} />
          ))}
        </ol>
      )}
    </section>
  );
}
