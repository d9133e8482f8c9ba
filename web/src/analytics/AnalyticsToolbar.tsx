import { useQuery } from 'urql';
import { severities, severityWords } from '../ui/words.ts';
import { filterValuesQuery } from './analyticsQueries.ts';
import { FilterMenu } from './FilterMenu.tsx';
import { RangePicker } from './RangePicker.tsx';
import type { Analytics } from './useAnalytics.ts';

const named = [
  { name: 'service', label: 'Service' },
  { name: 'team', label: 'Team' },
  { name: 'environment', label: 'Environment' },
] as const;

export function AnalyticsToolbar({ analytics }: { readonly analytics: Analytics }) {
  const { search, change } = analytics;
  const [{ data }] = useQuery({ query: filterValuesQuery, requestPolicy: 'cache-and-network' });
  const optionsOf = (name: (typeof named)[number]['name']) => {
    const facet = data?.incidentFacets.find(({ field }) => field.toLowerCase() === name);
    const found = (facet?.values ?? []).flatMap(({ value }) => value || []);
    const all = new Set([...found, ...(search[name] ?? [])]);
    return [...all].toSorted((a, b) => a.localeCompare(b)).map((value) => ({ value, label: value }));
  };
  return (
    <div className="analytics-toolbar">
      <RangePicker analytics={analytics} />
      <div className="analytics-filters" role="group" aria-label="Filters">
        <FilterMenu
          label="Severity"
          options={severities.map((value) => ({ value, label: severityWords[value] }))}
          chosen={search.severity ?? []}
          onChange={(severity) => change({ severity })}
        />
        {named.map(({ name, label }) => (
          <FilterMenu
            key={name}
            label={label}
            options={optionsOf(name)}
            chosen={search[name] ?? []}
            onChange={(chosen) => change({ [name]: chosen })}
          />
        ))}
      </div>
    </div>
  );
}
