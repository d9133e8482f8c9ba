import { IconFilterPlus } from '@tabler/icons-react';
import { matchersOf } from './alertSearch.ts';
import { printMatcher } from './labelMatcher.ts';
import { useAlertSearch } from './useAlertSearch.ts';

interface AlertFieldsProps {
  readonly fields: readonly { readonly name: string; readonly value: string }[];
  /** Each value offers to narrow the list down to it. */
  readonly isFilterable?: boolean;
}

/** Labels or annotations, one a line, as they were sent. */
export function AlertFields({ fields, isFilterable = false }: AlertFieldsProps) {
  const { search, change } = useAlertSearch();
  const narrow = (name: string, value: string) => {
    const labels = [...matchersOf(search), { name, op: 'EQ', value } as const].map(printMatcher);
    change({ labels });
  };
  return (
    <dl className="detail-fields">
      {fields.map(({ name, value }) => (
        <div key={name} className="detail-field">
          <dt className="mono muted">{name}</dt>
          <dd className="mono">
            {value}
            {isFilterable && (
              <button
                type="button"
                className="detail-narrow"
                aria-label={`Only alerts with ${name}="${value}"`}
                title={`Only alerts with ${name}="${value}"`}
                onClick={() => narrow(name, value)}
              >
                <IconFilterPlus size={14} stroke={1.7} />
              </button>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
