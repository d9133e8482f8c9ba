import { Button, SegmentedControl } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { SavedViews } from '../lists/SavedViews.tsx';
import { SearchField } from '../lists/SearchField.tsx';
import { SortAndFilters } from '../lists/SortAndFilters.tsx';
import type { SearchControls } from '../lists/useSearchControls.ts';
import { Allowed } from '../session/Allowed.tsx';
import { type IncidentSearch, sortOf } from './incidentSearch.ts';

const sorts = [
  { value: 'SEVERITY', label: 'Worst first' },
  { value: 'NEWEST', label: 'Newest first' },
  { value: 'OLDEST', label: 'Oldest first' },
  { value: 'UPDATED', label: 'Last changed first' },
];

interface ToolbarProps {
  readonly controls: SearchControls<IncidentSearch>;
  readonly onFilters: () => void;
}

export function Toolbar({ controls: { search, change }, onFilters }: ToolbarProps) {
  const navigate = useNavigate();
  const open = (view: string) => void navigate({ href: `/incidents${view === '' ? '' : `?${view}`}` });
  return (
    <div className="toolbar" role="search">
      <SearchField label="Search incidents" placeholder="Title, or INC-12" text={search.text} change={change} />
      <SegmentedControl
        size="xs"
        aria-label="Which incidents"
        value={search.show ?? 'open'}
        onChange={(show) => change({ show: show === 'all' ? 'all' : undefined })}
        data={[
          { value: 'open', label: 'Open' },
          { value: 'all', label: 'All' },
        ]}
      />
      <SortAndFilters sort={sortOf(search)} sorts={sorts} change={change} onFilters={onFilters} />
      <SavedViews screen="incidents" onOpen={open} />
      <Allowed to="Mutation.createIncident">
        <Button
          className="toolbar-report"
          aria-label="Report incident"
          leftSection={<IconPlus size={16} stroke={2} aria-hidden="true" />}
          onClick={() => change({ report: true })}
        >
          Report<span className="toolbar-report-what">&nbsp;incident</span>
        </Button>
      </Allowed>
    </div>
  );
}
