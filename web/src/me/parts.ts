import { type ComponentType, lazy, type LazyExoticComponent } from 'react';

/** One part of the personal page: a panel with its title as `h2` and the part below it. */
export interface MePart {
  /** `/me#<id>` leads to it. */
  readonly id: string;
  readonly title: string;
  readonly Part: LazyExoticComponent<ComponentType>;
}

/** In the order of the page. */
export const meParts: readonly MePart[] = [
  {
    id: 'pages',
    title: 'My pages',
    Part: lazy(async () => ({ default: (await import('./pages/MyPages.tsx')).MyPages })),
  },
  {
    id: 'incidents',
    title: 'My incidents',
    Part: lazy(async () => ({ default: (await import('./incidents/MyIncidents.tsx')).MyIncidents })),
  },
  {
    id: 'shifts',
    title: 'My shifts',
    Part: lazy(async () => ({ default: (await import('./shifts/ShiftsPart.tsx')).ShiftsPart })),
  },
  {
    id: 'action-items',
    title: 'My action items',
    Part: lazy(async () => ({ default: (await import('./actionItems/MyActionItems.tsx')).MyActionItems })),
  },
  {
    id: 'tasks',
    title: 'My tasks',
    Part: lazy(async () => ({ default: (await import('./tasks/MyTasks.tsx')).MyTasks })),
  },
  // The next part goes here: what is to be done stands above what is set up.
  {
    id: 'told',
    title: 'How I am told',
    Part: lazy(async () => ({ default: (await import('./notifications/HowIAmTold.tsx')).HowIAmTold })),
  },
  {
    id: 'profile',
    title: 'Profile',
    Part: lazy(async () => ({ default: (await import('./profile/Profile.tsx')).Profile })),
  },
  {
    id: 'sessions',
    title: 'Where I am signed in',
    Part: lazy(async () => ({ default: (await import('./sessions/MySessions.tsx')).MySessions })),
  },
];
