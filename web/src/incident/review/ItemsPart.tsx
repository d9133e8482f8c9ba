import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useLiveQuery } from '../../graphql/useLiveQuery.ts';
import { useRefetchOnChanges } from '../../live/useRefetchOnChanges.ts';
import { ActionItemDialog } from '../../reviews/ActionItemDialog.tsx';
import { ActionItemRow } from '../../reviews/ActionItemRow.tsx';
import { type ActionItem, incidentItemsQuery } from '../../reviews/reviewQueries.ts';
import '../../reviews/reviews.css';
import { useMay } from '../../session/viewer.ts';
import { useAsked } from '../asked.ts';
import type { IncidentPanelProps } from '../panels.ts';
import './review.css';

interface ItemsPartProps extends IncidentPanelProps {
  /** The palette's “Add an action item” opens the dialog here. */
  readonly isAskable?: boolean;
}

/** What is to be done because of this incident. */
export function ItemsPart({ incidentId, isAskable = false }: ItemsPartProps) {
  const { data, refetch } = useLiveQuery({ query: incidentItemsQuery, variables: { id: incidentId } });
  useRefetchOnChanges(refetch, { incidentId });
  const [edited, setEdited] = useState<ActionItem | 'new' | null>(null);
  const may = useMay();
  useAsked('actionItem', isAskable, () => setEdited('new'));
  const items = data?.incident?.actionItems ?? [];
  return (
    <section className="review-part" aria-label="Action items">
      <div className="review-part-head">
        <h3>
          Action items{' '}
          {items.length > 0 && (
            <span className="muted">
              {items.filter(({ state }) => state === 'OPEN' || state === 'IN_PROGRESS').length} open
            </span>
          )}
        </h3>
        {may('Mutation.createActionItem') && (
          <button type="button" className="link-button review-add" onClick={() => setEdited('new')}>
            <IconPlus size={14} aria-hidden="true" /> Add
          </button>
        )}
      </div>
      {items.length === 0 && <p className="muted review-empty">Nothing to do was written down yet.</p>}
      <ul className="items review-items">
        {items.map((item) => (
          <ActionItemRow key={item.id} item={item} onEdit={() => setEdited(item)} onChanged={refetch} />
        ))}
      </ul>
      <ActionItemDialog
        incidentId={incidentId}
        item={edited === 'new' ? null : edited}
        isOpen={edited !== null}
        onClose={() => setEdited(null)}
        onSaved={refetch}
      />
    </section>
  );
}
