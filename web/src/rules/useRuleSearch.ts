import { useCallback } from 'react';
import { parseRuleSearch, type RuleSearch } from './ruleSearch.ts';
import { rulesRoute } from './route.ts';

export interface RuleControls {
  readonly search: RuleSearch;
  /** Changes part of the address; undefined takes a part away. */
  readonly change: (patch: { readonly [K in keyof RuleSearch]?: RuleSearch[K] | undefined }) => void;
}

export function useRuleSearch(): RuleControls {
  // The router lays what a route has parsed over the raw address: what was left out there would still be here.
  const search = rulesRoute.useSearch({ select: (raw) => parseRuleSearch({ ...raw }), structuralSharing: true });
  const navigate = rulesRoute.useNavigate();
  const change: RuleControls['change'] = useCallback(
    (patch) => {
      void navigate({
        search: (previous) => parseRuleSearch({ ...previous, ...patch }),
        replace: true,
        resetScroll: false,
      });
    },
    [navigate],
  );
  return { search, change };
}
