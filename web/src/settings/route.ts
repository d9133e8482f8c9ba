import { IconSettings } from '@tabler/icons-react';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import '../router/navEntry.ts';
import { rootRoute } from '../router/rootRoute.tsx';

const searchNames = ['text', 'who', 'what', 'from', 'to', 'id'] as const;

/** What sections keep in the address; each reads its own, and what it can mean. */
type SettingsSearch = { readonly [Name in (typeof searchNames)[number]]?: string };

function parseSettingsSearch(raw: Readonly<Record<string, unknown>>): SettingsSearch {
  return Object.fromEntries(searchNames.flatMap((name) => (typeof raw[name] === 'string' ? [[name, raw[name]]] : [])));
}

export const settingsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/settings',
  staticData: { nav: { label: 'Settings', icon: IconSettings, goKey: ',' } },
  component: lazyRouteComponent(() => import('./SettingsScreen.tsx'), 'SettingsScreen'),
});

export const settingsSectionRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/settings/$section',
  validateSearch: parseSettingsSearch,
  component: lazyRouteComponent(() => import('./SettingsScreen.tsx'), 'SettingsSectionScreen'),
});
