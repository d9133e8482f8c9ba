import { Drawer } from '@mantine/core';
import { useDisclosure, useMediaQuery } from '@mantine/hooks';
import { useRef } from 'react';
import { Filters } from '../lists/Filters.tsx';
import { ListCount, ListPanel, NoMatch } from '../lists/ListPanel.tsx';
import { useHold } from '../lists/useHold.ts';
import type { SearchControls } from '../lists/useSearchControls.ts';
import { useCommands } from '../shell/commands.ts';
import { NothingYet } from '../ui/states.tsx';
import { AlertDetail } from './AlertDetail.tsx';
import { AlertFacets } from './AlertFacets.tsx';
import { AlertRows } from './AlertRows.tsx';
import './alerts.css';
import './alertRow.css';
import { type AlertSearch, isFiltered } from './alertSearch.ts';
import { AlertsToolbar } from './AlertsToolbar.tsx';
import { PeriodNote } from './PeriodNote.tsx';
import { useAlertList } from './useAlertList.ts';
import { useAlertSearch } from './useAlertSearch.ts';

function Empty({ controls: { search, clear } }: { readonly controls: SearchControls<AlertSearch> }) {
  if (isFiltered(search)) return <NoMatch what="alert" onClear={clear} />;
  return <NothingYet title="No alert has been received">The first one appears here by itself.</NothingYet>;
}

function List({ controls }: { readonly controls: SearchControls<AlertSearch> }) {
  const { search, change, clear } = controls;
  const scrollRef = useRef<HTMLDivElement>(null);
  const hold = useHold(scrollRef, 0);
  const list = useAlertList(search, hold.isHeld);
  const head = (
    <>
      <ListCount state={list.state} one="alert" />
      <PeriodNote controls={controls} />
      {isFiltered(search) && (
        <button type="button" className="link-button explorer-head-clear" onClick={clear}>
          Clear filters
        </button>
      )}
    </>
  );
  return (
    <ListPanel
      label="Alerts"
      list={list}
      hold={hold}
      scrollRef={scrollRef}
      head={head}
      empty={<Empty controls={controls} />}
    >
      <AlertRows
        list={list}
        openId={search.alert ?? null}
        scrollRef={scrollRef}
        onOpen={(id) => change({ alert: id ?? undefined })}
      />
    </ListPanel>
  );
}

export function AlertsScreen() {
  const controls = useAlertSearch();
  const [isDrawerOpen, drawer] = useDisclosure(false);
  const isWide = useMediaQuery('(min-width: 75em)', true, { getInitialValueInEffect: false });
  useCommands([{ id: 'alerts.clear', label: 'Clear all filters', run: controls.clear }]);
  const openId = controls.search.alert;
  const close = () => controls.change({ alert: undefined });
  return (
    <div className="list-screen explorer" data-open={openId !== undefined && isWide}>
      <h1 className="screen-title">Alerts</h1>
      <AlertsToolbar controls={controls} onFilters={drawer.open} />
      <Filters isOpen={isDrawerOpen} onClose={drawer.close}>
        <AlertFacets controls={controls} />
      </Filters>
      <List controls={controls} />
      {openId !== undefined && isWide && (
        <aside className="panel explorer-detail" aria-label="Alert">
          <AlertDetail key={openId} id={openId} onClose={close} />
        </aside>
      )}
      <Drawer.Root opened={openId !== undefined && !isWide} onClose={close} position="right" size="md" padding={0}>
        <Drawer.Overlay />
        <Drawer.Content aria-label="Alert">
          <Drawer.Body>{openId !== undefined && <AlertDetail key={openId} id={openId} onClose={close} />}</Drawer.Body>
        </Drawer.Content>
      </Drawer.Root>
    </div>
  );
}
