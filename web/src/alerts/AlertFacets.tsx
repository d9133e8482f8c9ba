import { Checkbox } from '@mantine/core';
import { useQuery } from 'urql';
import { useLiveQuery } from '../graphql/useLiveQuery.ts';
import { FacetGroup } from '../lists/FacetGroup.tsx';
import { type Facet, type FacetKind, facetOptions } from '../lists/facetOptions.ts';
import type { SearchControls } from '../lists/useSearchControls.ts';
import { useThrottled } from '../ui/useThrottled.ts';
import { severities, severityWords } from '../ui/words.ts';
import { useAlertChanges } from './alertFeed.ts';
import { type AlertSearch, alertStatuses, filterOf, matchersOf } from './alertSearch.ts';
import { alertFacetsQuery, integrationNamesQuery, labelNamesQuery } from './alertsQueries.ts';
import { statusWords } from './alertWords.ts';
import { printMatcher } from './labelMatcher.ts';
import { chosenValues, withLabelValues } from './labelFacet.ts';

const recountMs = 2_000;
const labelFacetCount = 6;
/** Labels that the fixed facets show already. */
const fixed: ReadonlySet<string> = new Set([
  'severity',
  'service',
  'environment',
  'env',
  'service.name',
  'service_name',
]);

type FilterName = 'status' | 'severity' | 'service' | 'environment' | 'integration';

interface FacetsProps {
  readonly controls: SearchControls<AlertSearch>;
  readonly facets: readonly Facet[];
}

function FixedFacets({ controls: { search, change }, facets }: FacetsProps) {
  const [{ data }] = useQuery({ query: integrationNamesQuery });
  const names = Object.fromEntries((data?.integrations ?? []).map(({ id, name }) => [id, name]));
  const kinds: readonly (FacetKind & { readonly name: FilterName; readonly title: string })[] = [
    { name: 'status', title: 'Status', words: statusWords, order: alertStatuses },
    { name: 'severity', title: 'Severity', words: severityWords, order: severities },
    { name: 'service', title: 'Service' },
    { name: 'environment', title: 'Environment' },
    { name: 'integration', title: 'Integration', words: names },
  ];
  return kinds.map((kind) => {
    const chosen = search[kind.name] ?? [];
    const facet = facets.find(({ field }) => field === kind.name);
    return (
      <FacetGroup
        key={kind.name}
        title={kind.title}
        options={facetOptions(facet, chosen, kind)}
        chosen={chosen}
        onChange={(next) => change({ [kind.name]: next })}
      />
    );
  });
}

function LabelFacets({
  controls: { search, change },
  facets,
  names,
}: FacetsProps & { readonly names: readonly string[] }) {
  const matchers = matchersOf(search);
  return names.map((name) => {
    const chosen = chosenValues(matchers, name);
    return (
      <FacetGroup
        key={name}
        title={name}
        isMono
        options={facetOptions(
          facets.find(({ field }) => field === name),
          chosen,
        )}
        chosen={chosen}
        onChange={(next) => change({ labels: withLabelValues(matchers, name, next).map(printMatcher) })}
      />
    );
  });
}

/** What there is to narrow down to, with counts that follow the alerts. */
export function AlertFacets({ controls }: { readonly controls: SearchControls<AlertSearch> }) {
  const [{ data: labels }] = useQuery({ query: labelNamesQuery, variables: { prefix: '' } });
  const names = (labels?.labelNames ?? []).filter((name) => !fixed.has(name)).slice(0, labelFacetCount);
  const fields = ['status', 'severity', 'service', 'environment', 'integration', ...names];
  const { data, refetch } = useLiveQuery({
    query: alertFacetsQuery,
    variables: { filter: filterOf(controls.search), fields },
  });
  useAlertChanges(useThrottled(refetch, recountMs));
  const facets = data?.alertFacets ?? [];
  return (
    <>
      <FixedFacets controls={controls} facets={facets} />
      <fieldset className="facet">
        <legend>Behaviour</legend>
        <Checkbox
          size="xs"
          className="facet-value"
          checked={controls.search.stale ?? false}
          onChange={(event) => controls.change({ stale: event.currentTarget.checked || undefined })}
          label={<span className="facet-label">Only stale alerts</span>}
        />
        <Checkbox
          size="xs"
          className="facet-value"
          checked={controls.search.flapping ?? false}
          onChange={(event) => controls.change({ flapping: event.currentTarget.checked || undefined })}
          label={<span className="facet-label">Only flapping alerts</span>}
        />
      </fieldset>
      <LabelFacets controls={controls} facets={facets} names={names} />
    </>
  );
}
