import { type ComponentType, lazy, type LazyExoticComponent } from 'react';

export interface IncidentPanelProps {
  readonly incidentId: string;
}

/** A part of the incident's page that asks for its own data. */
export interface IncidentPanel {
  readonly id: string;
  /** Beside the timeline, or in a tab of its own. */
  readonly place: 'side' | 'tab';
  /** On the tab. */
  readonly title: string;
  readonly Panel: LazyExoticComponent<ComponentType<IncidentPanelProps>>;
}

/** In the order in which they are shown: what is needed at night first, what is for the days after last. One line each: `{ id, place, title, Panel: lazy(() => import('./…')) }`. */
export const incidentPanels: readonly IncidentPanel[] = [
  {
    id: 'work',
    place: 'side',
    title: 'Work',
    Panel: lazy(async () => ({ default: (await import('./status/WorkPanel.tsx')).WorkPanel })),
  },
  {
    id: 'escalation',
    place: 'side',
    title: 'Escalation',
    Panel: lazy(async () => ({ default: (await import('./escalation/EscalationPanel.tsx')).EscalationPanel })),
  },
  {
    id: 'owner',
    place: 'side',
    title: 'Owner',
    Panel: lazy(async () => ({ default: (await import('../oncall/OwnerPanel.tsx')).OwnerPanel })),
  },
  {
    id: 'pins',
    place: 'side',
    title: 'Pinned',
    Panel: lazy(async () => ({ default: (await import('./pins/PinsPanel.tsx')).PinsPanel })),
  },
  {
    id: 'tasks',
    place: 'side',
    title: 'Tasks',
    Panel: lazy(async () => ({ default: (await import('./tasks/TasksPanel.tsx')).TasksPanel })),
  },
  {
    id: 'links',
    place: 'side',
    title: 'Links and files',
    Panel: lazy(async () => ({ default: (await import('./links/LinksPanel.tsx')).LinksPanel })),
  },
  {
    id: 'similar',
    place: 'side',
    title: 'Similar',
    Panel: lazy(async () => ({ default: (await import('./similar/SimilarPanel.tsx')).SimilarPanel })),
  },
  {
    id: 'actionItems',
    place: 'side',
    title: 'Action items',
    Panel: lazy(async () => ({ default: (await import('./review/ItemsPanel.tsx')).ItemsPanel })),
  },
  {
    id: 'csat',
    place: 'side',
    title: 'How it went',
    Panel: lazy(async () => ({ default: (await import('./csat/CsatPanel.tsx')).CsatPanel })),
  },
  {
    id: 'runbook',
    place: 'tab',
    title: 'Runbook',
    Panel: lazy(async () => ({ default: (await import('./runbook/RunbookPanel.tsx')).RunbookPanel })),
  },
  {
    id: 'updates',
    place: 'tab',
    title: 'Updates',
    Panel: lazy(async () => ({ default: (await import('./updates/UpdatesPanel.tsx')).UpdatesPanel })),
  },
  {
    id: 'review',
    place: 'tab',
    title: 'Review',
    Panel: lazy(async () => ({ default: (await import('./review/ReviewPanel.tsx')).ReviewPanel })),
  },
  {
    id: 'deliveries',
    place: 'tab',
    title: 'Deliveries',
    Panel: lazy(async () => ({ default: (await import('./deliveries/DeliveriesPanel.tsx')).DeliveriesPanel })),
  },
];
