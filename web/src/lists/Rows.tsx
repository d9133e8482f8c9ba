import type { ReactNode } from 'react';
import type { VirtualRows } from './useVirtualRows.ts';

interface RowsProps<Row> {
  readonly label: string;
  readonly virtual: VirtualRows<Row>;
  readonly children: (row: Row) => ReactNode;
}

export function Rows<Row>({ label, virtual, children }: RowsProps<Row>) {
  const { items, rows, setSize, rowHeight, totalHeight } = virtual;
  return (
    <div role="list" aria-label={label} style={{ height: totalHeight, position: 'relative' }}>
      {items.map((item) => {
        const row = rows[item.index];
        if (row === undefined) return null;
        return (
          <div
            key={item.key}
            role="listitem"
            aria-setsize={setSize}
            aria-posinset={item.index + 1}
            className="list-item"
            style={{ height: rowHeight, transform: `translateY(${item.start}px)` }}
          >
            {children(row)}
          </div>
        );
      })}
    </div>
  );
}
