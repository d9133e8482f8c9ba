import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import type { IncidentSearch } from './incidentSearch.ts';
import type { Facet } from './incidentsQueries.ts';
import './facetPanel.css';
import { phaseWords, phases, severities, severityWords, typeWords } from '../ui/words.ts';

type FilterName = 'severity' | 'phase' | 'service' | 'environment' | 'team' | 'type' | 'assignee';

interface FacetKind {
  readonly field: string;
  readonly name: FilterName;
  readonly label: string;
  readonly words?: Readonly<Record<string, string>>;
  /** The order in which values stand; else by count. */
  readonly order?: readonly string[];
  /** What the missing value is called; facets without it leave it out. */
  readonly none?: string;
}

const kinds: readonly FacetKind[] = [
  { field: 'SEVERITY', name: 'severity', label: 'Severity', words: severityWords, order: severities },
  { field: 'PHASE', name: 'phase', label: 'Phase', words: phaseWords, order: phases },
  { field: 'SERVICE', name: 'service', label: 'Service' },
  { field: 'ENVIRONMENT', name: 'environment', label: 'Environment' },
  { field: 'ASSIGNEE', name: 'assignee', label: 'Assignee', none: 'Unassigned' },
  { field: 'TEAM', name: 'team', label: 'Team' },
  { field: 'TYPE', name: 'type', label: 'Type', words: typeWords },
];

const shownAtFirst = 6;

interface Value {
  readonly value: string;
  readonly count: number;
}

/** The values found, and those chosen that match nothing now: a chosen filter must not vanish. */
function valuesOf(kind: FacetKind, facet: Facet | undefined, chosen: readonly string[]): readonly Value[] {
  const found = (facet?.values ?? []).flatMap(({ value, count }) => {
    if ((value === null || value === '') && !kind.none) return [];
    // Values of an enum may come in the words of the log: the address has the API's.
    return [{ value: kind.words ? (value ?? '').toUpperCase() : (value ?? ''), count }];
  });
  const missing = chosen.filter((value) => !found.some((each) => each.value === value));
  const all = [...found, ...missing.map((value) => ({ value, count: 0 }))];
  const { order } = kind;
  return order ? all.toSorted((a, b) => order.indexOf(a.value) - order.indexOf(b.value)) : all;
}

interface FacetGroupProps {
  readonly kind: FacetKind;
  readonly values: readonly Value[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
}

function FacetGroup({ kind, values, chosen, onChange }: FacetGroupProps) {
  const [isOpen, setOpen] = useState(false);
  const shown = isOpen ? values : values.slice(0, kind.order ? values.length : shownAtFirst);
  return (
    <fieldset className="facet">
      <legend>{kind.label}</legend>
      {shown.map(({ value, count }) => {
        const label = value === '' ? (kind.none ?? value) : (kind.words?.[value] ?? value);
        return (
          <Checkbox
            key={value}
            size="xs"
            className="facet-value"
            checked={chosen.includes(value)}
            onChange={(event) =>
              onChange(event.currentTarget.checked ? [...chosen, value] : chosen.filter((each) => each !== value))
            }
            label={
              <>
                <span className="facet-label" title={label}>
                  {label}
                </span>
                <span className="muted facet-count">{count.toLocaleString('en')}</span>
              </>
            }
          />
        );
      })}
      {shown.length < values.length && (
        <button type="button" className="link-button" onClick={() => setOpen(true)}>
          {values.length - shown.length} more
        </button>
      )}
    </fieldset>
  );
}

interface FacetPanelProps {
  readonly facets: readonly Facet[];
  readonly search: IncidentSearch;
  readonly onChange: (patch: Record<string, unknown>) => void;
}

export function FacetPanel({ facets, search, onChange }: FacetPanelProps) {
  return kinds.map((kind) => {
    const chosen = search[kind.name] ?? [];
    const values = valuesOf(
      kind,
      facets.find(({ field }) => field.toUpperCase() === kind.field),
      chosen,
    );
    if (values.length === 0) return null;
    return (
      <FacetGroup
        key={kind.name}
        kind={kind}
        values={values}
        chosen={chosen}
        onChange={(next) => onChange({ [kind.name]: next })}
      />
    );
  });
}
