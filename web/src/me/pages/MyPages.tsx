import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { graphql } from '../../graphql/graphql.ts';
import { acknowledgeIncident } from '../../graphql/incidentMutations.ts';
import { useLiveQuery } from '../../graphql/useLiveQuery.ts';
import '../../incident/work.css';
import { useRefetchOnChanges } from '../../live/useRefetchOnChanges.ts';
import { Failed, SkeletonRows } from '../../ui/states.tsx';
import { Ago } from '../../ui/Time.tsx';
import { useAct } from '../../ui/useAct.ts';

const myPagesQuery = graphql(`
  query MyPages {
    myPages {
      id
      because
      dueAt
      incident {
        id
        number
        reference
        title
        version
      }
    }
  }
`);

interface Call<Page> {
  readonly page: Page;
  readonly times: number;
}

/** One answer ends all calls for an incident: the first of them stands for it. */
function byIncident<Page extends { readonly incident: { readonly id: string } }>(
  pages: readonly Page[],
): readonly Call<Page>[] {
  const calls = new Map<string, Call<Page>>();
  for (const page of pages) {
    const known = calls.get(page.incident.id);
    calls.set(page.incident.id, { page: known?.page ?? page, times: (known?.times ?? 0) + 1 });
  }
  return [...calls.values()];
}

/** What the viewer was called for and has still to answer. */
export function MyPages() {
  const { data, error, refetch } = useLiveQuery({ query: myPagesQuery, variables: {} });
  useRefetchOnChanges(refetch, { everyMs: 2_000 });
  const { act, isActing } = useAct();
  if (!data) return error ? <Failed error={error} onRetry={refetch} /> : <SkeletonRows rows={1} />;
  if (data.myPages.length === 0) return <p className="work-none">Nobody is calling you.</p>;
  return (
    <ul className="work-list" aria-label="My pages">
      {byIncident(data.myPages).map(({ page: { id, because, dueAt, incident }, times }) => (
        <li key={id} className="work-row">
          <span className="work-what">
            <Link to="/incidents/$number" params={{ number: String(incident.number) }}>
              {incident.reference} {incident.title}
            </Link>
            <span className="muted">
              {because}, <Ago at={dueAt} />
              {times > 1 && `, called ${times} times`}
            </span>
          </span>
          <Button
            size="xs"
            disabled={isActing}
            onClick={() =>
              void act(
                acknowledgeIncident,
                { id: incident.id, expectedVersion: incident.version },
                `${incident.reference} acknowledged`,
              ).then(refetch)
            }
          >
            Acknowledge
          </Button>
        </li>
      ))}
    </ul>
  );
}
