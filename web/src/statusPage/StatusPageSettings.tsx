import { Button } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { useLiveQuery } from '../graphql/useLiveQuery.ts';
import { useRefetchOnChanges } from '../live/useRefetchOnChanges.ts';
import { useMay } from '../session/viewer.ts';
import { Failed, SkeletonRows } from '../ui/states.tsx';
import { Ago } from '../ui/Time.tsx';
import { counted } from '../ui/words.ts';
import { StatusPageForm } from './StatusPageForm.tsx';
import './statusPage.css';
import { statusPageQuery, type StatusPageShown, subscriberCountQuery } from './statusPageQueries.ts';

function Waiting({ updates }: { readonly updates: StatusPageShown['updatesAwaitingApproval'] }) {
  if (updates.length === 0) return null;
  return (
    <section className="panel" aria-label="Waiting for approval">
      <h2 className="panel-title">Waiting for approval</h2>
      <ul className="status-waiting">
        {updates.map(({ id, title, author, createdAt, incident }) => (
          <li key={id}>
            <Link to="/incidents/$number" params={{ number: String(incident.number) }} search={{ tab: 'updates' }}>
              {incident.reference}: {title}
            </Link>{' '}
            <span className="muted">
              {author}, <Ago at={createdAt} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Subscribers() {
  const [{ data }] = useQuery({ query: subscriberCountQuery, variables: {} });
  return data ? (
    <span className="muted">{counted(data.statusPage.subscriberCount, 'subscriber')} by e-mail</span>
  ) : null;
}

/** What the public page shows, and what waits to be shown there. */
export function StatusPageSettings() {
  const { data, error, refetch } = useLiveQuery({ query: statusPageQuery, variables: {} });
  useRefetchOnChanges(refetch, { everyMs: 3_000 });
  const may = useMay();
  if (!data) return error ? <Failed error={error} onRetry={refetch} /> : <SkeletonRows rows={8} />;
  const { statusPage, services, updatesAwaitingApproval } = data;
  const mayChange = may('Mutation.saveStatusPage');
  return (
    <div className="status-page">
      <div className="status-page-head">
        <span className="chip">{statusPage.isPublic ? 'Public' : 'Not public'}</span>
        {mayChange && <Subscribers />}
        {statusPage.isPublic && (
          <Button
            component="a"
            href="/status"
            target="_blank"
            rel="noopener"
            variant="default"
            rightSection={<IconExternalLink size={15} aria-hidden="true" />}
          >
            Open
          </Button>
        )}
      </div>
      <Waiting updates={updatesAwaitingApproval} />
      <StatusPageForm
        key={statusPage.version}
        page={statusPage}
        services={services.map(({ name }) => name)}
        isReadOnly={!mayChange}
        onSaved={refetch}
      />
    </div>
  );
}
