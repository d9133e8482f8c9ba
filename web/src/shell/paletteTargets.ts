import { useMantineColorScheme } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { meParts } from '../me/parts.ts';
import { signOut } from '../session/session.ts';
import { type PermissionName, useMay } from '../session/viewer.ts';
import { settingsSections } from '../settings/sections.ts';

interface PaletteTarget {
  readonly id: string;
  readonly label: string;
  readonly onClick: () => void;
}

/** Pages that the navigation leads to by way of another. */
const further: readonly { readonly path: string; readonly label: string; readonly needs?: PermissionName }[] = [
  { path: '/on-call/policies', label: 'Go to Escalation policies' },
  { path: '/action-items', label: 'Go to Action items' },
  { path: '/runbooks/new', label: 'Write a runbook', needs: 'Mutation.saveRunbook' },
  { path: '/integrations/new', label: 'Add an integration', needs: 'Mutation.createIntegration' },
  { path: '/incidents?report=true', label: 'Report an incident', needs: 'Mutation.createIncident' },
];

const schemes = { light: 'light', dark: 'dark', auto: 'as the system' } as const;

/** What belongs to the person, the pages of the settings, and what no screen has in its own place. */
export function usePaletteTargets(onHelp: () => void): readonly PaletteTarget[] {
  const navigate = useNavigate();
  const may = useMay();
  const { setColorScheme } = useMantineColorScheme();
  const go = (id: string, label: string, href: string): PaletteTarget => ({
    id,
    label,
    onClick: () => void navigate({ href }),
  });
  return [
    ...further.filter(({ needs }) => needs === undefined || may(needs)).map(({ path, label }) => go(path, label, path)),
    go('me', 'Go to my page', '/me'),
    ...meParts.map(({ id, title }) => go(`me.${id}`, `My page: ${title}`, `/me#${id}`)),
    ...settingsSections
      .filter(({ needs }) => needs === undefined || may(needs))
      .map(({ path, title }) => go(`settings.${path}`, `Settings: ${title}`, `/settings/${path}`)),
    ...(['light', 'dark', 'auto'] as const).map((scheme) => ({
      id: `scheme.${scheme}`,
      label: `Colours: ${schemes[scheme]}`,
      onClick: () => setColorScheme(scheme),
    })),
    { id: 'help', label: 'Keyboard help', onClick: onHelp },
    { id: 'signOut', label: 'Sign out', onClick: () => void signOut() },
  ];
}
