import { Tabs } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { type ReactNode, Suspense } from 'react';
import { SkeletonRows } from '../ui/states.tsx';
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
    title: 'Details',
    content: (
      <div className="incident-side">
        <Side incident={incident} />
      </div>
    ),
  };
  return [
    { id: 'alerts', title: <AlertsTitle incident={incident} />, content: <AlertsPanel incident={incident} /> },
    ...(isNarrow ? [details] : []),
    ...incidentPanels
      .filter(({ place }) => place === 'tab')
      .map(({ id, title, Panel }) => ({
        id,
        title,
        content: (
          <Suspense fallback={<SkeletonRows rows={4} />}>
            <Panel incidentId={incident.id} />
          </Suspense>
        ),
      })),
  ];
}

/** What happened and what is known in tabs; what a glance has to answer beside them. */
export function IncidentTabs({ incident }: { readonly incident: IncidentDetails }) {
  const isNarrow = useMediaQuery(narrow, undefined, { getInitialValueInEffect: false }) ?? false;
  const tabs = tabsOf(incident, isNarrow);
  const wanted = incidentRoute.useSearch({ select: (raw) => parseTimelineSearch({ ...raw }).tab });
  const navigate = incidentRoute.useNavigate();
  const shown = tabs.find(({ id }) => id === wanted)?.id ?? 'timeline';
  return (
    <div className="incident-body">
      <Tabs
        value={shown}
        onChange={(tab) =>
          void navigate({
            search: (before) => parseTimelineSearch({ ...before, tab: tab ?? undefined }),
            replace: true,
            resetScroll: false,
          })
        }
        className="incident-tabs"
      >
        <Tabs.List className="incident-tab-row" aria-label="Parts of the incident">
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
