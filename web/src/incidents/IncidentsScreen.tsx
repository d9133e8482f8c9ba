import { useDisclosure } from '@mantine/hooks';
import { useRef } from 'react';
import { Filters } from '../lists/Filters.tsx';
import { ListCount, ListPanel, NoMatch } from '../lists/ListPanel.tsx';
import { rowsOf } from '../lists/listState.ts';
import { useHold } from '../lists/useHold.ts';
import { type SearchControls, useSearchControls } from '../lists/useSearchControls.ts';
import { useMay } from '../session/viewer.ts';
import { useCommands } from '../shell/commands.ts';
import { NothingYet } from '../ui/states.tsx';
import { useSelection } from '../ui/useSelection.ts';
import { BulkBar } from './BulkBar.tsx';
import { IncidentFacets } from './IncidentFacets.tsx';
import { IncidentRows } from './IncidentRows.tsx';
import './incidents.css';
import { type IncidentSearch, isFiltered, parseIncidentSearch } from './incidentSearch.ts';
import { ReportIncident } from './ReportIncident.tsx';
import { Toolbar } from './Toolbar.tsx';
import { useIncidentList } from './useIncidentList.ts';

function Empty({ controls: { search, clear } }: { readonly controls: SearchControls<IncidentSearch> }) {
  if (isFiltered(search)) return <NoMatch what="incident" onClear={clear} />;
  return <NothingYet title="Nothing is burning">No incident is open. The next one appears here by itself.</NothingYet>;
}

function List({ controls }: { readonly controls: SearchControls<IncidentSearch> }) {
  const scrollRef = useRef<HTMLDivElement>(null);
  const selection = useSelection();
  const hold = useHold(scrollRef, selection.selected.size);
  const list = useIncidentList(controls.search, hold.isHeld);
  const chosen = rowsOf(list.state).filter(({ id }) => selection.selected.has(id));
  const head =
    chosen.length > 0 ? (
      <BulkBar incidents={chosen} onDone={selection.clear} />
    ) : (
      <ListCount state={list.state} one="incident" />
    );
  return (
    <ListPanel
      label="Incidents"
      list={list}
      hold={hold}
      scrollRef={scrollRef}
      head={head}
      empty={<Empty controls={controls} />}
    >
      <IncidentRows list={list} selection={selection} scrollRef={scrollRef} />
    </ListPanel>
  );
}

export function IncidentsScreen() {
  const controls = useSearchControls({ parse: parseIncidentSearch });
  const { search, change, clear } = controls;
  const [isDrawerOpen, drawer] = useDisclosure(false);
  const mayReport = useMay()('Mutation.createIncident');
  useCommands([
    ...(mayReport
      ? [{ id: 'incidents.report', label: 'Report an incident', key: 'c', run: () => change({ report: true }) }]
      : []),
    { id: 'incidents.clear', label: 'Clear all filters', run: clear },
  ]);
  return (
    <div className="list-screen">
      <h1 className="screen-title">Incidents</h1>
      <Toolbar controls={controls} onFilters={drawer.open} />
      <Filters isOpen={isDrawerOpen} onClose={drawer.close}>
        <IncidentFacets controls={controls} />
      </Filters>
      <List controls={controls} />
      <ReportIncident isOpen={mayReport && (search.report ?? false)} onClose={() => change({ report: undefined })} />
    </div>
  );
}
