import type { PermissionName } from '../../session/viewer.ts';
import type { Command } from '../../shell/commands.ts';
import { ask, type Asked } from '../asked.ts';

interface PanelCommand {
  readonly asked: Asked;
  readonly label: string;
  readonly needs: PermissionName;
  /** Where it stands; 'side': beside the tabs, or in the tab of details where there is no room. */
  readonly place: 'updates' | 'runbook' | 'side';
}

const panelCommandsOf: readonly PanelCommand[] = [
  { asked: 'update', label: 'Write an update', needs: 'Mutation.saveUpdate', place: 'updates' },
  { asked: 'task', label: 'Add a task', needs: 'Mutation.createTask', place: 'side' },
  { asked: 'role', label: 'Give a role', needs: 'Mutation.assignIncidentRole', place: 'side' },
  { asked: 'link', label: 'Add a link or a file', needs: 'Mutation.addLink', place: 'side' },
  { asked: 'runbook', label: 'Attach a runbook', needs: 'Mutation.attachRunbook', place: 'runbook' },
  { asked: 'actionItem', label: 'Add an action item', needs: 'Mutation.createActionItem', place: 'side' },
];

interface Shown {
  readonly reference: string;
  readonly isNarrow: boolean;
  readonly tabs: readonly { readonly id: string; readonly name: string }[];
}

/** Every tab, by its place as key, and what the panels offer, wherever they stand. */
export function panelCommands(
  { reference, isNarrow, tabs }: Shown,
  may: (permission: PermissionName) => boolean,
  show: (tab: string) => void,
): readonly Command[] {
  const shown = tabs.map(({ id, name }, index) => ({
    id: `incident.tab.${id}`,
    label: `${reference}: show ${name.toLowerCase()}`,
    key: String(index + 1),
    run: () => show(id),
  }));
  const offered = panelCommandsOf
    .filter(({ needs }) => may(needs))
    .map(({ asked, label, place }) => ({
      id: `incident.${asked}`,
      label: `${reference}: ${label}`,
      run: () => {
        if (place !== 'side') show(place);
        else if (isNarrow) show('details');
        ask(asked);
      },
    }));
  return [...offered, ...shown];
}
