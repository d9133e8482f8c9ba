import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import type { FacetOption } from './facetOptions.ts';
import './facets.css';

interface FacetGroupProps {
  readonly title: string;
  readonly options: readonly FacetOption[];
  readonly chosen: readonly string[];
  readonly isMono?: boolean;
  readonly onChange: (chosen: readonly string[]) => void;
}

const shownAtFirst = 6;

/** The most frequent values; those ticked are always among what is shown. */
function shownOf(options: readonly FacetOption[], chosen: readonly string[], isOpen: boolean): readonly FacetOption[] {
  if (isOpen) return options;
  return options.filter(({ value }, index) => index < shownAtFirst || chosen.includes(value));
}

export function FacetGroup({ title, options, chosen, isMono = false, onChange }: FacetGroupProps) {
  const [isOpen, setOpen] = useState(false);
  const shown = shownOf(options, chosen, isOpen);
  if (options.length === 0) return null;
  return (
    <fieldset className="facet">
      <legend className={isMono ? 'mono' : undefined}>{title}</legend>
      {shown.map(({ value, label, count }) => (
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
              <span className="muted">{count.toLocaleString('en')}</span>
            </>
          }
        />
      ))}
      {shown.length < options.length && (
        <button type="button" className="link-button" onClick={() => setOpen(true)}>
          {options.length - shown.length} more
        </button>
      )}
    </fieldset>
  );
}
