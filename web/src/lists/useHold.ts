import { useCallback, useRef } from 'react';
import type { PointerEvent, RefObject } from 'react';

/** A mouse that rests for this long is not about to click. */
const restMs = 4_000;

export interface Hold {
  readonly isHeld: () => boolean;
  readonly onPointerMove: (event: PointerEvent) => void;
  readonly onPointerLeave: () => void;
}

/** Whether rows must stay where they are: scrolled away, a selection, an open menu, or a mouse at work over them. */
export function useHold(scrollRef: RefObject<HTMLDivElement | null>, selectedCount: number): Hold {
  const movedAt = useRef(0);
  const isHeld = useCallback(() => {
    const isScrolled = (scrollRef.current?.scrollTop ?? 0) > 8;
    const isMenuOpen = document.querySelector('[role="menu"], [role="dialog"]') !== null;
    return isScrolled || isMenuOpen || selectedCount > 0 || Date.now() - movedAt.current < restMs;
  }, [scrollRef, selectedCount]);
  return {
    isHeld,
    onPointerMove: (event) => {
      if (event.pointerType === 'mouse') movedAt.current = Date.now();
    },
    onPointerLeave: () => {
      movedAt.current = 0;
    },
  };
}
