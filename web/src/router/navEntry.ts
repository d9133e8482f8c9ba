import type { Icon } from '@tabler/icons-react';

/** How a screen appears in the navigation: side bar, bottom bar and palette. */
export interface NavEntry {
  readonly label: string;
  readonly icon: Icon;
  /** Pressed after `g`: `g i` goes to the incidents. */
  readonly goKey: string;
}

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    /** Screens with an entry are shown in the navigation, in the order of `screens`. */
    nav?: NavEntry;
  }
}
