import { Drawer } from '@mantine/core';
import type { ReactNode } from 'react';

interface FiltersProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** The facets beside the list; on a phone in a drawer. */
export function Filters({ isOpen, onClose, children }: FiltersProps) {
  return (
    <>
      <aside className="facets" aria-label="Filters">
        {children}
      </aside>
      <Drawer opened={isOpen} onClose={onClose} title="Filters" size="sm">
        {children}
      </Drawer>
    </>
  );
}
