import { useQuery } from 'urql';
import { useLiveQuery } from '../graphql/useLiveQuery.ts';
import { FacetGroup } from '../lists/FacetGroup.tsx';
import { type FacetKind, facetOptions } from '../lists/facetOptions.ts';
import type { SearchControls } from '../lists/useSearchControls.ts';
import { useRefetchOnChanges } from '../live/useRefetchOnChanges.ts';
import { phases, phaseWords, severities, severityWords } from '../ui/words.ts';
import { filterOf, type IncidentSearch } from './incidentSearch.ts';
import { incidentFacetsQuery } from './incidentsQueries.ts';
import { typeTitlesQuery } from './typeTitles.ts';

interface IncidentFacet extends FacetKind {
  readonly name: 'severity' | 'phase' | 'service' | 'environment' | 'team' | 'type' | 'assignee';
  readonly title: string;
}

const kinds: readonly IncidentFacet[] = [
  { name: 'severity', title: 'Severity', words: severityWords, order: severities },
  { name: 'phase', title: 'Phase', words: phaseWords, order: phases },
  { name: 'service', title: 'Service' },
  { name: 'environment', title: 'Environment' },
  { name: 'assignee', title: 'Assignee', none: 'Unassigned' },
  { name: 'team', title: 'Team' },
  { name: 'type', title: 'Type' },
];

/** What there is to narrow down to, with counts that follow the incidents. */
export function IncidentFacets({ controls }: { readonly controls: SearchControls<IncidentSearch> }) {
  const { search, change } = controls;
  const { data, refetch } = useLiveQuery({ query: incidentFacetsQuery, variables: { filter: filterOf(search) } });
  useRefetchOnChanges(refetch);
  const [{ data: types }] = useQuery({ query: typeTitlesQuery });
  const typeWords = Object.fromEntries((types?.incidentTypes ?? []).map(({ key, title }) => [key, title]));
  return kinds.map((kind) => {
    const chosen = search[kind.name] ?? [];
    const facet = data?.incidentFacets.find(({ field }) => field.toLowerCase() === kind.name);
    return (
      <FacetGroup
        key={kind.name}
        title={kind.title}
        options={facetOptions(facet, chosen, kind.name === 'type' ? { ...kind, words: typeWords } : kind)}
        chosen={chosen}
        onChange={(next) => change({ [kind.name]: next })}
      />
    );
  });
}
