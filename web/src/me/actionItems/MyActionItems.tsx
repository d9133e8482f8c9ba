import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useLiveQuery } from '../../graphql/useLiveQuery.ts';
import { useRefetchOnChanges } from '../../live/useRefetchOnChanges.ts';
import { ActionItemDialog } from '../../reviews/ActionItemDialog.tsx';
import { ActionItemRow } from '../../reviews/ActionItemRow.tsx';
import { type ActionItem, actionItemsQuery } from '../../reviews/reviewQueries.ts';
import '../../reviews/reviews.css';
import { useViewer } from '../../session/viewer.ts';
import { Failed, SkeletonRows } from '../../ui/states.tsx';

/** What the viewer is to do after incidents, the most urgent first. */
export function MyActionItems() {
  const { handle } = useViewer().person;
  const [edited, setEdited] = useState<ActionItem | null>(null);
  const filter = { owners: [handle], states: ['OPEN', 'IN_PROGRESS'] as const };
  const variables = { filter: { ...filter, states: [...filter.states] }, after: null };
  const { data, error, refetch } = useLiveQuery({ query: actionItemsQuery, variables });
  useRefetchOnChanges(refetch);
  const items = data?.actionItems.nodes;
  if (!items) return error ? <Failed error={error} onRetry={refetch} /> : <SkeletonRows rows={2} />;
  if (items.length === 0) {
    return (
      <p className="me-note">
        No action item is yours. <Link to="/action-items">All of them</Link>
      </p>
    );
  }
  return (
    <>
      <ul className="items">
        {items.map((item) => (
          <ActionItemRow key={item.id} item={item} withIncident onEdit={() => setEdited(item)} onChanged={refetch} />
        ))}
      </ul>
      {edited && (
        <ActionItemDialog
          incidentId={edited.incident.id}
          item={edited}
          isOpen
          onClose={() => setEdited(null)}
          onSaved={refetch}
        />
      )}
    </>
  );
}
