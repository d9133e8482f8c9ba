import { type SearchControls, useSearchControls } from '../lists/useSearchControls.ts';
import { type AlertSearch, parseAlertSearch } from './alertSearch.ts';

/** The order and the alert that is open are no filters: they stay when those are cleared. */
const kept = ['sort', 'alert'] as const;

/** The filters and the open alert, which live in the address and nowhere else. */
export function useAlertSearch(): SearchControls<AlertSearch> {
  return useSearchControls({ parse: parseAlertSearch, kept });
}
