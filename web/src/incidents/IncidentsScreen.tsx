import { Button, Drawer } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMemo, useRef } from 'react';
import { useLiveQuery } from '../graphql/useLiveQuery.ts';
import type { IncidentRow } from '../graphql/incidentFields.ts';
import { useRefetchOnChanges } from '../live/useRefetchOnChanges.ts';
import { useCommands } from '../shell/commands.ts';
import { counted } from '../ui/words.ts';
import { Failed, NothingYet, SkeletonRows } from '../ui/states.tsx';
import { BulkBar } from './BulkBar.tsx';
import { FacetPanel } from './FacetPanel.tsx';
import { IncidentRows } from './IncidentRows.tsx';
import './incidents.css';
import { filterOf, sortOf } from './incidentSearch.ts';
import { incidentFacetsQuery } from './incidentsQueries.ts';
import type { ListState } from './listState.ts';
import { ReportIncident } from './ReportIncident.tsx';
import { Toolbar } from './Toolbar.tsx';
import { useHold } from './useHold.ts';
import { useIncidentList } from './useIncidentList.ts';
import { type SearchControls, useIncidentSearch } from './useIncidentSearch.ts';
import { useSelection } from '../ui/useSelection.ts';

function rowsOf(state: ListState): readonly IncidentRow[] {
  return (state.ids ?? []).flatMap((id) => state.rows.get(id) ?? []);
}

function Facets({ controls }: { readonly controls: SearchControls }) {
  const { data, refetch } = useLiveQuery({
    query: incidentFacetsQuery,
    variables: { filter: filterOf(controls.search) },
  });
  useRefetchOnChanges(refetch);
  return <FacetPanel facets={data?.incidentFacets ?? []} search={controls.search} onChange={controls.change} />;
}

function Empty({ controls }: { readonly controls: SearchControls }) {
  const isFiltered = Object.keys(controls.search).some(
    (name) => name !== 'sort' && name !== 'show' && name !== 'report',
  );
  if (!isFiltered && controls.search.show === undefined) {
    return (
      <NothingYet title="Nothing is burning">No incident is open. The next one appears here by itself.</NothingYet>
    );
  }
  return (
    <div>
      <NothingYet title="No incident matches">Incidents that match these filters appear here by themselves.</NothingYet>
      <p className="list-clear">
        <Button variant="default" onClick={controls.clear}>
          Clear the filters
        </Button>
      </p>
    </div>
  );
}

function List({ controls }: { readonly controls: SearchControls }) {
  const { search } = controls;
  const scrollRef = useRef<HTMLDivElement>(null);
  const selection = useSelection();
  const hold = useHold(scrollRef, selection.selected.size);
  const list = useIncidentList({ filter: filterOf(search), sort: sortOf(search), isHeld: hold.isHeld });
  const rows = useMemo(() => rowsOf(list.state), [list.state]);
  const chosen = rows.filter(({ id }) => selection.selected.has(id));
  const waiting = list.state.waiting.size;
  const showWaiting = () => {
    scrollRef.current?.scrollTo({ top: 0 });
    list.read();
  };

  if (list.state.ids === null && list.error) return <Failed error={list.error} onRetry={list.read} />;
  if (list.state.ids === null) return <SkeletonRows rows={12} />;
  return (
    <section className="panel list" aria-label="Incidents">
      <div className="list-head">
        {chosen.length > 0 ? (
          <BulkBar incidents={chosen} onDone={selection.clear} />
        ) : (
          <span className="muted">
            {list.state.total && !list.state.total.isExact ? 'more than ' : ''}
            {counted(list.state.total?.value ?? rows.length, 'incident')}
          </span>
        )}
      </div>
      <div className="list-announce" aria-live="polite">
        {waiting > 0 && hold.isHeld() && (
          <Button size="xs" radius="xl" className="list-pill" onClick={showWaiting}>
            {waiting} new
          </Button>
        )}
      </div>
      <div
        ref={scrollRef}
        className="list-scroll"
        onPointerMove={hold.onPointerMove}
        onPointerLeave={hold.onPointerLeave}
      >
        {rows.length === 0 ? (
          <Empty controls={controls} />
        ) : (
          <IncidentRows
            state={list.state}
            rows={rows}
            selected={selection.selected}
            scrollRef={scrollRef}
            onSelect={selection.select}
            onNearEnd={list.readMore}
          />
        )}
      </div>
    </section>
  );
}

export function IncidentsScreen() {
  const controls = useIncidentSearch();
  const [isDrawerOpen, drawer] = useDisclosure(false);
  useCommands([
    { id: 'incidents.report', label: 'Report an incident', key: 'c', run: () => controls.change({ report: true }) },
    { id: 'incidents.clear', label: 'Clear all filters', run: controls.clear },
  ]);
  return (
    <div className="incidents">
      <h1 className="visually-hidden">Incidents</h1>
      <Toolbar controls={controls} onFilters={drawer.open} />
      <aside className="facets" aria-label="Filters">
        <Facets controls={controls} />
      </aside>
      <List controls={controls} />
      <Drawer opened={isDrawerOpen} onClose={drawer.close} title="Filters" size="sm">
        <Facets controls={controls} />
      </Drawer>
      <ReportIncident isOpen={controls.search.report ?? false} onClose={() => controls.change({ report: undefined })} />
    </div>
  );
}
