import { type PointerEvent, type RefObject, useState } from 'react';

export interface RowDrag {
  /** The row in hand, and the place it would get. */
  readonly dragged: { readonly key: string; readonly to: number } | null;
  /** For the handle of a row: mouse, pen and finger alike. */
  readonly handleOf: (key: string) => {
    readonly onPointerDown: (event: PointerEvent) => void;
    readonly onPointerMove: (event: PointerEvent) => void;
    readonly onPointerUp: () => void;
    readonly onPointerCancel: () => void;
  };
}

/** How many of the other rows have their middle above the pointer: the place a row dropped there gets. */
function placeAt(list: HTMLElement, key: string, y: number): number {
  const others = [...list.querySelectorAll<HTMLElement>('[data-rule]')].filter((row) => row.dataset['rule'] !== key);
  return others.filter((row) => {
    const { top, height } = row.getBoundingClientRect();
    return top + height / 2 < y;
  }).length;
}

/** Reordering rows by their handles. Rows carry `data-rule` with their key. */
export function useRowDrag(list: RefObject<HTMLElement | null>, onMove: (key: string, to: number) => void): RowDrag {
  const [dragged, setDragged] = useState<RowDrag['dragged']>(null);
  const handleOf: RowDrag['handleOf'] = (key) => ({
    onPointerDown: (event) => {
      if (event.button !== 0 || !list.current) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      setDragged({ key, to: placeAt(list.current, key, event.clientY) });
    },
    onPointerMove: (event) => {
      if (dragged?.key !== key || !list.current) return;
      const to = placeAt(list.current, key, event.clientY);
      if (to !== dragged.to) setDragged({ key, to });
    },
    onPointerUp: () => {
      if (dragged?.key === key) onMove(key, dragged.to);
      setDragged(null);
    },
    onPointerCancel: () => setDragged(null),
  });
  return { dragged, handleOf };
}
