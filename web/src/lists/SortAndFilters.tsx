import { Button, NativeSelect } from '@mantine/core';
import { IconAdjustmentsHorizontal } from '@tabler/icons-react';
import type { Change } from './useSearchControls.ts';

interface SortAndFiltersProps {
  readonly sort: string;
  readonly sorts: readonly { readonly value: string; readonly label: string }[];
  readonly change: Change;
  /** Opens the filters where the screen is too narrow to show them. */
  readonly onFilters: () => void;
}

export function SortAndFilters({ sort, sorts, change, onFilters }: SortAndFiltersProps) {
  return (
    <>
      <NativeSelect
        aria-label="Sort"
        value={sort}
        onChange={(event) => change({ sort: event.currentTarget.value })}
        data={[...sorts]}
      />
      <Button
        variant="default"
        className="toolbar-filters"
        leftSection={<IconAdjustmentsHorizontal size={16} stroke={1.6} aria-hidden="true" />}
        onClick={onFilters}
      >
        Filters
      </Button>
    </>
  );
}
