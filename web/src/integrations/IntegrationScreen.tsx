import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { codeOf } from '../graphql/errors.ts';
import { useLiveQuery } from '../graphql/useLiveQuery.ts';
import { useMay } from '../session/viewer.ts';
import { useStore } from '../ui/createStore.ts';
import { everyDuration } from '../ui/duration.ts';
import { Failed, NotFound, SkeletonRows } from '../ui/states.tsx';
import { Ago } from '../ui/Time.tsx';
import { DeadLettersPanel } from './DeadLettersPanel.tsx';
import { DeliveriesPanel } from './DeliveriesPanel.tsx';
import { FirstDelivery } from './FirstDelivery.tsx';
import { freshSecret } from './freshSecret.ts';
import { FreshSecretPanel } from './FreshSecretPanel.tsx';
import './integration.css';
import './integrations.css';
import { type DeliveryEvent, type IntegrationDetails, integrationQuery } from './integrationsQueries.ts';
import { MappingPanel } from './MappingPanel.tsx';
import { integrationRoute } from './route.ts';
import { SecretsPanel } from './SecretsPanel.tsx';
import { SettingsPanel } from './SettingsPanel.tsx';
import { Snippets } from './Snippets.tsx';
import { sourceOf } from './sources.ts';
import { StateMark } from './StateMark.tsx';
import { TestAlert } from './TestAlert.tsx';
import { useDeliveryFeed } from './useDeliveryFeed.ts';

function Head({ integration }: { readonly integration: IntegrationDetails }) {
  const { lastReceivedAt, heartbeatSeconds, staleAfterSeconds, environment, team, source } = integration;
  return (
    <header className="integration-head">
      <div>
        <div className="integrations-head">
          <Link to="/integrations" className="muted integrations-back">
            Integrations
          </Link>
          <span className="muted" aria-hidden="true">
            /
          </span>
          <h1 className="screen-title">{integration.name}</h1>
          <StateMark integration={integration} />
        </div>
        <p className="muted integration-about">
          {[sourceOf(source).name, environment, team].filter(Boolean).join(' · ')}
          {lastReceivedAt && (
            <>
              {' · '}last heard <Ago at={lastReceivedAt} />
            </>
          )}
          {' · '}expected at least {everyDuration(heartbeatSeconds ?? staleAfterSeconds)}
        </p>
      </div>
      <TestAlert integrationId={integration.id} />
    </header>
  );
}

function Loaded({ integration, refetch }: { readonly integration: IntegrationDetails; readonly refetch: () => void }) {
  const fresh = useStore(freshSecret);
  const mine = fresh?.integrationId === integration.id ? fresh : null;
  const [wasHeard] = useState(integration.firstReceivedAt !== null);
  const [arrived, setArrived] = useState<DeliveryEvent | null>(null);
  useDeliveryFeed({
    integrationId: integration.id,
    refetch,
    onDelivery: (delivery) => setArrived((before) => before ?? (wasHeard ? null : delivery)),
  });
  const deadLettered = integration.outcomes.find(({ outcome }) => outcome === 'deadLettered')?.count ?? 0;
  return (
    <div className="integrations">
      <Head integration={integration} />
      {!wasHeard && <FirstDelivery integration={integration} arrived={arrived} />}
      {mine && <FreshSecretPanel fresh={mine} integration={integration} />}
      <div className="integration-columns">
        <div className="integration-column">
          <DeliveriesPanel integration={integration} />
          <DeadLettersPanel
            integrationId={integration.id}
            lastReceivedAt={integration.lastReceivedAt}
            deadLettered={deadLettered}
          />
        </div>
        <div className="integration-column">
          {!mine && (
            <section className="panel" aria-label="How to connect">
              <h2 className="panel-title">How to connect</h2>
              <div className="integration-snippets">
                <Snippets snippets={integration.snippets} secret={null} />
              </div>
            </section>
          )}
          {sourceOf(integration.source).isMapped && <MappingPanel integration={integration} />}
          <SecretsPanel integration={integration} />
          <SettingsPanel integration={integration} />
        </div>
      </div>
    </div>
  );
}

/** One sender: how to connect it, whether it is heard, and what became of what it sent. */
export function IntegrationScreen() {
  const { id } = integrationRoute.useParams();
  // Secrets and what came in stand on this page.
  const mayLook = useMay()('Integration.secrets');
  const { data, error, refetch } = useLiveQuery({ query: integrationQuery, variables: { id }, pause: !mayLook });
  const integration = data?.integration;
  if (!mayLook) {
    return <NotFound title="Not for your role">Managers look after the integrations of their teams.</NotFound>;
  }
  if (integration) return <Loaded key={integration.id} integration={integration} refetch={refetch} />;
  if (error && codeOf(error) !== 'NOT_FOUND') return <Failed error={error} onRetry={refetch} />;
  if (!data && !error) return <SkeletonRows />;
  return (
    <NotFound title="There is no such integration">
      <Link to="/integrations">Go to the integrations</Link>
    </NotFound>
  );
}
