import { Tabs } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { type ReactNode, type RefObject, Suspense, useEffect, useRef } from 'react';
import { useMay } from '../session/viewer.ts';
import { useCommands } from '../shell/commands.ts';
import { SkeletonRows } from '../ui/states.tsx';
import { panelCommands } from './actions/panelCommands.ts';
import { AlertsPanel } from './AlertsPanel.tsx';
import { ChangesPanel } from './ChangesPanel.tsx';
import { Facts } from './Facts.tsx';
import type { IncidentDetails } from './incidentQuery.ts';
import { incidentPanels } from './panels.ts';
import { incidentRoute } from './route.ts';
import { TimelinePanel } from './TimelinePanel.tsx';
import './incidentTabs.css';
import { parseTimelineSearch } from './timelineSearch.ts';

/** Where the side column has no room, as in incidentTabs.css: it is a tab then. */
const narrow = '(max-width: 68em)';

interface Tab {
  readonly id: string;
  readonly name: string;
  readonly title: ReactNode;
  readonly content: ReactNode;
}

function Side({ incident }: { readonly incident: IncidentDetails }) {
  return (
    <>
      <Facts incident={incident} />
      {incidentPanels
        .filter(({ place }) => place === 'side')
        .map(({ id, Panel }) => (
          <Suspense key={id} fallback={null}>
            <Panel incidentId={incident.id} />
          </Suspense>
        ))}
      <ChangesPanel changes={incident.changes} />
    </>
  );
}

function AlertsTitle({ incident }: { readonly incident: IncidentDetails }) {
  return (
    <>
      Alerts{incident.alertCount > 0 && <span className="tab-count">{incident.alertCount.toLocaleString('en')}</span>}
    </>
  );
}

/** All tabs but the timeline, which is always there so that a note begun is not lost. */
function tabsOf(incident: IncidentDetails, isNarrow: boolean): readonly Tab[] {
  const details: Tab = {
    id: 'details',
    name: 'Details',
    title: 'Details',
    content: (
      <div className="incident-side">
        <Side incident={incident} />
      </div>
    ),
  };
  return [
    {
      id: 'alerts',
      name: 'Alerts',
      title: <AlertsTitle incident={incident} />,
      content: <AlertsPanel incident={incident} />,
    },
    ...(isNarrow ? [details] : []),
    ...incidentPanels
      .filter(({ place }) => place === 'tab')
      .map(({ id, title, Panel }) => ({
        id,
        name: title,
        title,
        content: (
          <Suspense fallback={<SkeletonRows rows={4} />}>
            <Panel incidentId={incident.id} />
          </Suspense>
        ),
      })),
  ];
}

/** On a phone the row of tabs is wider than the screen: the one that is shown comes into view. */
function useShownTab(shown: string): RefObject<HTMLDivElement | null> {
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const list = row.current;
    const tab = list?.querySelector<HTMLElement>(`[role="tab"][id$="-tab-${shown}"]`);
    if (!list || !tab) return;
    const end = tab.offsetLeft + tab.offsetWidth;
    if (tab.offsetLeft >= list.scrollLeft && end <= list.scrollLeft + list.clientWidth) return;
    list.scrollLeft = tab.offsetLeft - (list.clientWidth - tab.offsetWidth) / 2;
  }, [shown]);
  return row;
}

/** What happened and what is known in tabs; what a glance has to answer beside them. */
export function IncidentTabs({ incident }: { readonly incident: IncidentDetails }) {
  const isNarrow = useMediaQuery(narrow, undefined, { getInitialValueInEffect: false }) ?? false;
  const tabs = tabsOf(incident, isNarrow);
  const wanted = incidentRoute.useSearch({ select: (raw) => parseTimelineSearch({ ...raw }).tab });
  const navigate = incidentRoute.useNavigate();
  const may = useMay();
  const shown = tabs.find(({ id }) => id === wanted)?.id ?? 'timeline';
  const row = useShownTab(shown);
  const show = (tab: string | null) =>
    void navigate({
      search: (before) => parseTimelineSearch({ ...before, tab: tab ?? undefined }),
      replace: true,
      resetScroll: false,
    });
  const named = { reference: incident.reference, isNarrow, tabs: [{ id: 'timeline', name: 'Timeline' }, ...tabs] };
  useCommands(panelCommands(named, may, show));
  return (
    <div className="incident-body">
      <Tabs value={shown} onChange={show} className="incident-tabs">
        <Tabs.List ref={row} className="incident-tab-row" aria-label="Parts of the incident">
          <Tabs.Tab value="timeline">Timeline</Tabs.Tab>
          {tabs.map(({ id, title }) => (
            <Tabs.Tab key={id} value={id}>
              {title}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="timeline" keepMounted>
          <TimelinePanel incidentId={incident.id} />
        </Tabs.Panel>
        {tabs.map(({ id, content }) => (
          <Tabs.Panel key={id} value={id} keepMounted={false}>
            {content}
          </Tabs.Panel>
        ))}
      </Tabs>
      {!isNarrow && (
        <div className="incident-side">
          <Side incident={incident} />
        </div>
      )}
    </div>
  );
}
