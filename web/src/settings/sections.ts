import { type ComponentType, lazy, type LazyExoticComponent } from 'react';
import type { PermissionName } from '../session/viewer.ts';

/** One page of the settings, at `/settings/<path>`. Its title is the page's `h1`. */
export interface SettingsSection {
  readonly path: string;
  readonly title: string;
  readonly group: 'People' | 'Incidents' | 'Messages' | 'System';
  readonly Section: LazyExoticComponent<ComponentType>;
  /** Without it there is nothing to see, and the page is left out of the menu. @default everybody may look */
  readonly needs?: PermissionName;
}

/** In the order of the menu: groups as they first appear. One entry each. */
export const settingsSections: readonly SettingsSection[] = [
  {
    path: 'people',
    title: 'People',
    group: 'People',
    Section: lazy(async () => ({ default: (await import('./people/PeopleSection.tsx')).PeopleSection })),
  },
  {
    path: 'roles',
    title: 'Roles',
    group: 'People',
    Section: lazy(async () => ({ default: (await import('./roles/RolesSection.tsx')).RolesSection })),
  },
  {
    path: 'teams',
    title: 'Teams',
    group: 'People',
    Section: lazy(async () => ({ default: (await import('./teams/TeamsSection.tsx')).TeamsSection })),
  },
  {
    path: 'types',
    title: 'Types and workflows',
    group: 'Incidents',
    Section: lazy(async () => ({ default: (await import('./types/TypesSection.tsx')).TypesSection })),
  },
  {
    path: 'severity',
    title: 'Severity and priority',
    group: 'Incidents',
    Section: lazy(async () => ({ default: (await import('./severity/SeveritySection.tsx')).SeveritySection })),
  },
  {
    path: 'automation',
    title: 'Automation',
    group: 'Incidents',
    Section: lazy(async () => ({ default: (await import('./automation/AutomationSection.tsx')).AutomationSection })),
  },
  // The next section goes here, within its group.
  {
    path: 'channels',
    title: 'Channels',
    group: 'Messages',
    Section: lazy(async () => ({ default: (await import('./channels/ChannelsSection.tsx')).ChannelsSection })),
  },
  {
    path: 'templates',
    title: 'Templates',
    group: 'Messages',
    Section: lazy(async () => ({ default: (await import('./templates/TemplatesSection.tsx')).TemplatesSection })),
  },
  {
    path: 'status-page',
    title: 'Status page',
    group: 'Messages',
    Section: lazy(async () => ({ default: (await import('../statusPage/StatusPageSettings.tsx')).StatusPageSettings })),
  },
  {
    path: 'tokens',
    title: 'API tokens',
    group: 'System',
    Section: lazy(async () => ({ default: (await import('./tokens/TokensSection.tsx')).TokensSection })),
  },
  {
    path: 'audit',
    title: 'Audit trail',
    group: 'System',
    Section: lazy(async () => ({ default: (await import('./audit/AuditSection.tsx')).AuditSection })),
    needs: 'Query.auditEvents',
  },
];
