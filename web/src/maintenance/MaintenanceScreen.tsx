import { Button, SegmentedControl } from '@mantine/core';
import { IconBellOff, IconCalendarPlus } from '@tabler/icons-react';
import { useLiveQuery } from '../graphql/useLiveQuery.ts';
import { useRefetchEvery } from '../rules/useRefetchEvery.ts';
import { Allowed } from '../session/Allowed.tsx';
import { useMay } from '../session/viewer.ts';
import { useCommands } from '../shell/commands.ts';
import { Failed, NothingYet, SkeletonRows } from '../ui/states.tsx';
import './maintenance.css';
import { MaintenanceDialog } from './MaintenanceDialog.tsx';
import { type MaintenanceTab, tabs } from './maintenanceSearch.ts';
import { type MaintenanceWindow, maintenanceWindowsQuery } from './maintenanceQueries.ts';
import { MaintenanceRow } from './MaintenanceRow.tsx';
import { type MaintenanceControls, useMaintenanceSearch } from './useMaintenanceSearch.ts';

const refreshMs = 10_000;
const tabWords = { active: 'Active', upcoming: 'Upcoming', ended: 'Ended' } as const satisfies Record<
  MaintenanceTab,
  string
>;

const emptyWords = {
  active: ['Nothing is silenced', 'Every alert that fires can open an incident and page.'],
  upcoming: ['Nothing is planned', 'A window that is planned ahead shows here until it begins.'],
  ended: ['Nothing has ended yet', 'Windows and silences stay here once they are over.'],
} as const satisfies Record<MaintenanceTab, readonly [string, string]>;

const tabOf = ({ state }: MaintenanceWindow): MaintenanceTab =>
  tabs.find((tab) => tab === state.toLowerCase()) ?? 'active';

function Head({ change }: Pick<MaintenanceControls, 'change'>) {
  return (
    <header className="maintenance-head">
      <h1 className="screen-title">Maintenance</h1>
      <Allowed to="Mutation.createMaintenanceWindow">
        <div className="maintenance-head-do">
          <Button
            variant="default"
            leftSection={<IconCalendarPlus size={16} stroke={1.7} aria-hidden="true" />}
            onClick={() => change({ new: 'window' })}
          >
            Plan a window
          </Button>
          <Button
            leftSection={<IconBellOff size={16} stroke={1.7} aria-hidden="true" />}
            onClick={() => change({ new: 'silence' })}
          >
            Silence
          </Button>
        </div>
      </Allowed>
    </header>
  );
}

interface FiltersProps extends MaintenanceControls {
  readonly windows: readonly MaintenanceWindow[];
}

function Filters({ windows, search, change }: FiltersProps) {
  return (
    <div className="maintenance-filters">
      <SegmentedControl
        aria-label="When"
        value={search.tab ?? 'active'}
        onChange={(value) => change({ tab: tabs.find((tab) => tab === value) })}
        data={tabs.map((tab) => {
          const count = windows.filter((window) => tabOf(window) === tab).length;
          return { value: tab, label: `${tabWords[tab]} ${count > 0 ? count.toLocaleString('en') : ''}`.trim() };
        })}
      />
      <SegmentedControl
        aria-label="What"
        value={search.kind ?? 'all'}
        onChange={(value) => change({ kind: value === 'window' || value === 'silence' ? value : undefined })}
        data={[
          { value: 'all', label: 'All' },
          { value: 'window', label: 'Windows' },
          { value: 'silence', label: 'Silences' },
        ]}
      />
    </div>
  );
}

/** What is kept quiet now, what will be and what was: planned windows and silences. */
export function MaintenanceScreen() {
  const controls = useMaintenanceSearch();
  const { search, change } = controls;
  const { data, error, refetch } = useLiveQuery({ query: maintenanceWindowsQuery, variables: {} });
  useRefetchEvery(refetch, refreshMs);
  const commands = [
    { id: 'maintenance.silence', label: 'Silence alerts', key: 'c', run: () => change({ new: 'silence' }) },
    { id: 'maintenance.window', label: 'Plan a maintenance window', run: () => change({ new: 'window' }) },
  ];
  useCommands(useMay()('Mutation.createMaintenanceWindow') ? commands : []);
  if (!data) return error ? <Failed error={error} onRetry={refetch} /> : <SkeletonRows height={64} />;
  const tab = search.tab ?? 'active';
  const ofKind = data.maintenanceWindows.filter(
    ({ kind }) => search.kind === undefined || kind.toLowerCase() === search.kind,
  );
  const shown = ofKind.filter((window) => tabOf(window) === tab);
  const [emptyTitle, emptyText] = emptyWords[tab];
  return (
    <div className="maintenance">
      <Head change={change} />
      <Filters windows={ofKind} {...controls} />
      {shown.length === 0 ? (
        <NothingYet title={emptyTitle}>{emptyText}</NothingYet>
      ) : (
        <ul className="panel maintenance-list">
          {shown.map((window) => (
            <MaintenanceRow
              key={window.id}
              window={window}
              onEdit={() => change({ edit: window.id })}
              onChanged={refetch}
            />
          ))}
        </ul>
      )}
      <MaintenanceDialog windows={data.maintenanceWindows} controls={controls} onSaved={refetch} />
    </div>
  );
}
