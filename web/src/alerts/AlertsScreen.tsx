import { Button, Drawer } from '@mantine/core';
import { useDisclosure, useMediaQuery } from '@mantine/hooks';
import { useMemo, useRef } from 'react';
import { useHold } from '../incidents/useHold.ts';
import { useCommands } from '../shell/commands.ts';
import { Failed, NothingYet, SkeletonRows } from '../ui/states.tsx';
import { counted } from '../ui/words.ts';
import { AlertDetail } from './AlertDetail.tsx';
import { AlertFacets } from './AlertFacets.tsx';
import type { AlertListState } from './alertListState.ts';
import { AlertRows } from './AlertRows.tsx';
import './alerts.css';
import './alertRow.css';
import { filterOf, isFiltered, sortOf } from './alertSearch.ts';
import type { AlertRow } from './alertsQueries.ts';
import { AlertsToolbar } from './AlertsToolbar.tsx';
import { PeriodNote } from './PeriodNote.tsx';
import { useAlertList } from './useAlertList.ts';
import { type AlertControls, useAlertSearch } from './useAlertSearch.ts';

function rowsOf(state: AlertListState): readonly AlertRow[] {
  return (state.ids ?? []).flatMap((id) => state.rows.get(id) ?? []);
}

function Empty({ controls }: { readonly controls: AlertControls }) {
  if (!isFiltered(controls.search)) {
    return <NothingYet title="No alert has been received">The first one appears here by itself.</NothingYet>;
  }
  return (
    <div>
      <NothingYet title="No alert matches">Alerts that match these filters appear here by themselves.</NothingYet>
      <p className="explorer-clear">
        <Button variant="default" onClick={controls.clear}>
          Clear the filters
        </Button>
      </p>
    </div>
  );
}

function List({ controls }: { readonly controls: AlertControls }) {
  const { search, change } = controls;
  const scrollRef = useRef<HTMLDivElement>(null);
  const hold = useHold(scrollRef, 0);
  const list = useAlertList({ filter: filterOf(search), sort: sortOf(search), isHeld: hold.isHeld });
  const rows = useMemo(() => rowsOf(list.state), [list.state]);
  const { waiting, total } = list.state;
  const showWaiting = () => {
    scrollRef.current?.scrollTo({ top: 0 });
    list.read();
  };
  if (list.state.ids === null && list.error) return <Failed error={list.error} onRetry={list.read} />;
  if (list.state.ids === null) return <SkeletonRows rows={12} />;
  return (
    <section className="panel explorer-list" aria-label="Alerts">
      <div className="explorer-head muted">
        {total && !total.isExact ? 'more than ' : ''}
        {counted(total?.value ?? rows.length, 'alert')}
        <PeriodNote controls={controls} />
        {isFiltered(search) && (
          <button type="button" className="link-button explorer-head-clear" onClick={controls.clear}>
            Clear filters
          </button>
        )}
      </div>
      <div className="explorer-announce" aria-live="polite">
        {waiting.size > 0 && hold.isHeld() && (
          <Button size="xs" radius="xl" className="explorer-pill" onClick={showWaiting}>
            {waiting.size.toLocaleString('en')} new
          </Button>
        )}
      </div>
      <div
        ref={scrollRef}
        className="explorer-scroll"
        onPointerMove={hold.onPointerMove}
        onPointerLeave={hold.onPointerLeave}
      >
        {rows.length === 0 ? (
          <Empty controls={controls} />
        ) : (
          <AlertRows
            state={list.state}
            rows={rows}
            openId={search.alert ?? null}
            scrollRef={scrollRef}
            onOpen={(id) => change({ alert: id ?? undefined })}
            onNearEnd={list.readMore}
          />
        )}
      </div>
    </section>
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
    <div className="explorer" data-open={openId !== undefined && isWide}>
      <h1 className="visually-hidden">Alerts</h1>
      <AlertsToolbar controls={controls} onFilters={drawer.open} />
      <aside className="explorer-facets" aria-label="Filters">
        <AlertFacets controls={controls} />
      </aside>
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
      <Drawer opened={isDrawerOpen} onClose={drawer.close} title="Filters" size="sm">
        <AlertFacets controls={controls} />
      </Drawer>
    </div>
  );
}
