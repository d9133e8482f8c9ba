import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { useLiveQuery } from '../graphql/useLiveQuery.ts';
import { Allowed } from '../session/Allowed.tsx';
import { useMay } from '../session/viewer.ts';
import { useCommands } from '../shell/commands.ts';
import { Failed, SkeletonRows } from '../ui/states.tsx';
import { Ago } from '../ui/Time.tsx';
import { counted } from '../ui/words.ts';
import './integrations.css';
import { type IntegrationItem, integrationsQuery } from './integrationsQueries.ts';
import { Outcomes } from './Outcomes.tsx';
import { receivedOf } from './outcomes.ts';
import { SourcePicker } from './SourcePicker.tsx';
import { sourceOf } from './sources.ts';
import { StateMark } from './StateMark.tsx';
import { useDeliveryFeed } from './useDeliveryFeed.ts';

function Item({ integration }: { readonly integration: IntegrationItem }) {
  const source = sourceOf(integration.source);
  const shown = integration.outcomes.filter(({ outcome }) => ['opened', 'resolved', 'deadLettered'].includes(outcome));
  return (
    <li className="integration-row" data-testid="integration-row">
      <span className="integration-sign" aria-hidden="true">
        <source.icon size={18} stroke={1.6} />
      </span>
      <div className="integration-name">
        <Link to="/integrations/$id" params={{ id: integration.id }} className="row-link">
          {integration.name}
        </Link>
        <span className="muted">
          {[source.name, integration.environment, integration.team]
            .filter((each) => each && each !== integration.name)
            .join(' · ')}
        </span>
      </div>
      <StateMark integration={integration} />
      <span className="integration-heard muted">
        {integration.lastReceivedAt ? <Ago at={integration.lastReceivedAt} /> : '–'}
      </span>
      <span className="integration-counts">
        <span className="outcome">
          <b>{receivedOf(integration.outcomes).toLocaleString('en')}</b> received
        </span>
        <Outcomes counts={shown} />
      </span>
    </li>
  );
}

function None() {
  return (
    <section className="integrations-none">
      <h2>Nothing is connected yet</h2>
      <p className="muted">
        Pick the tool that sends your alerts. You get the lines to paste, and see the first delivery arrive.
      </p>
      <SourcePicker />
    </section>
  );
}

/** Who sends, and whether each of them is still heard. */
export function IntegrationsScreen() {
  const { data, error, refetch } = useLiveQuery({ query: integrationsQuery, variables: {} });
  const navigate = useNavigate();
  useDeliveryFeed({ refetch });
  const add = {
    id: 'integrations.new',
    label: 'Add an integration',
    key: 'c',
    run: () => void navigate({ to: '/integrations/new' }),
  };
  useCommands(useMay()('Mutation.createIntegration') ? [add] : []);
  if (!data) return error ? <Failed error={error} onRetry={refetch} /> : <SkeletonRows height={64} />;
  const { integrations } = data;
  return (
    <div className="integrations">
      <header className="integrations-head">
        <h1 className="screen-title">Integrations</h1>
        <span className="muted">{counted(integrations.length, 'sender')}</span>
        <Allowed to="Mutation.createIntegration">
          <Button
            component={Link}
            to="/integrations/new"
            className="integrations-add"
            leftSection={<IconPlus size={16} stroke={2} aria-hidden="true" />}
          >
            Add integration
          </Button>
        </Allowed>
      </header>
      {integrations.length === 0 ? (
        <None />
      ) : (
        <ul className="panel integration-list">
          {integrations.map((integration) => (
            <Item key={integration.id} integration={integration} />
          ))}
        </ul>
      )}
    </div>
  );
}
