import { SearchField } from '../lists/SearchField.tsx';
import { SortAndFilters } from '../lists/SortAndFilters.tsx';
import type { SearchControls } from '../lists/useSearchControls.ts';
import { type AlertSearch, sortOf } from './alertSearch.ts';
import { LabelFilterBar } from './LabelFilterBar.tsx';

const sorts = [
  { value: 'NEWEST', label: 'Newest first' },
  { value: 'OLDEST', label: 'Oldest first' },
  { value: 'SEVERITY', label: 'Worst first' },
  { value: 'LAST_RECEIVED', label: 'Last received first' },
];

interface ToolbarProps {
  readonly controls: SearchControls<AlertSearch>;
  readonly onFilters: () => void;
}

export function AlertsToolbar({ controls, onFilters }: ToolbarProps) {
  const { search, change } = controls;
  return (
    <div className="toolbar" role="search">
      <LabelFilterBar controls={controls} />
      <SearchField label="Search alerts" placeholder="Title, summary or service" text={search.text} change={change} />
      <SortAndFilters sort={sortOf(search)} sorts={sorts} change={change} onFilters={onFilters} />
    </div>
  );
}
