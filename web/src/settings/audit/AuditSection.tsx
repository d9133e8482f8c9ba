import { useState } from 'react';
import { useLiveQuery } from '../../graphql/useLiveQuery.ts';
import { Failed, NothingYet, SkeletonRows } from '../../ui/states.tsx';
import { settingsSectionRoute } from '../route.ts';
import './audit.css';
import { AuditEvent } from './AuditEvent.tsx';
import { AuditFilterBar } from './AuditFilterBar.tsx';
import { auditQuery } from './auditQueries.ts';
import { auditFilter, type AuditSearch, parseAuditSearch } from './auditSearch.ts';
import { ChainState } from './ChainState.tsx';

interface PageProps {
  readonly search: AuditSearch;
  readonly after: string | null;
  /** Set on the last page that is shown: goes on behind it. */
  readonly onMore: ((after: string) => void) | null;
}

function Page({ search, after, onMore }: PageProps) {
  const variables = { filter: auditFilter(search), after };
  const { data, error, refetch } = useLiveQuery({ query: auditQuery, variables });
  const page = data?.auditEvents;
  if (!page && error) return <Failed error={error} onRetry={refetch} />;
  if (!page) return <SkeletonRows rows={6} />;
  if (page.nodes.length === 0 && after === null) return <NothingYet title="Nothing of this kind" />;
  const next = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  return (
    <>
      <ol className="settings-rows">
        {page.nodes.map((row) => (
          <AuditEvent key={row.id} row={row} />
        ))}
      </ol>
      {next !== null && onMore && (
        <button type="button" className="link-button settings-more" onClick={() => onMore(next)}>
          Earlier
        </button>
      )}
    </>
  );
}

/** The pages of one filter; another filter begins with the first page again. */
function Pages({ search }: { readonly search: AuditSearch }) {
  const [pages, setPages] = useState<readonly (string | null)[]>([null]);
  return (
    <section className="panel" aria-label="Audit trail">
      {pages.map((after, index) => (
        <Page
          key={after ?? 'first'}
          search={search}
          after={after}
          onMore={index === pages.length - 1 ? (next) => setPages([...pages, next]) : null}
        />
      ))}
    </section>
  );
}

/** Who did what to people, rights and configuration, newest first. */
export function AuditSection() {
  const search = settingsSectionRoute.useSearch({ select: (raw) => parseAuditSearch(raw) });
  const navigate = settingsSectionRoute.useNavigate();
  return (
    <>
      <ChainState />
      <AuditFilterBar
        search={search}
        onSearch={(patch) => void navigate({ search: { ...parseAuditSearch({ ...search, ...patch }) }, replace: true })}
      />
      <Pages key={JSON.stringify(search)} search={search} />
    </>
  );
}
