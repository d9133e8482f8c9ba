import type { MouseEvent } from 'react';

/** A click that asks the browser for a new tab or window is the browser's. */
function isForBrowser(event: MouseEvent): boolean {
  return event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
}

/** Follows a plain link inside the page: rows are made of plain elements, see their notes. */
export function followLink(event: MouseEvent, run: () => void): void {
  if (isForBrowser(event)) return;
  event.preventDefault();
  run();
}
