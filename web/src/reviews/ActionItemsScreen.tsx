import { Button, SegmentedControl, Switch } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { downloadCsv } from '../analytics/downloadCsv.ts';
import { useLiveQuery } from '../graphql/useLiveQuery.ts';
import { useRefetchOnChanges } from '../live/useRefetchOnChanges.ts';
import { useViewer } from '../session/viewer.ts';
import { useCommands } from '../shell/commands.ts';
import { Failed, NothingYet, SkeletonRows } from '../ui/states.tsx';
import { ActionItemDialog } from './ActionItemDialog.tsx';
import { ActionItemRow } from './ActionItemRow.tsx';
import { type ItemList, itemLists, parseItemsSearch } from './lessonsSearch.ts';
import { type ActionItem, type ActionItemFilter, actionItemsQuery } from './reviewQueries.ts';
import { ReviewTabs } from './ReviewTabs.tsx';
import './reviews.css';
import { itemKindWords, itemStateWords } from './reviewWords.ts';
import { actionItemsRoute } from './route.ts';

const filters: Readonly<Record<ItemList, ActionItemFilter>> = {
  open: { states: ['OPEN', 'IN_PROGRESS'] },
  overdue: { isOverdue: true },
  ended: { states: ['DONE', 'DROPPED'] },
};

const emptyWords = {
  open: ['Nothing is left to do', 'Action items of reviews and incidents stand here until they are done.'],
  overdue: ['Nothing is overdue', 'Items whose day is over and that are still open stand here.'],
  ended: ['Nothing is done yet', 'Items that are done or dropped stay here, with how long they took.'],
} as const;

function download(items: readonly ActionItem[]): void {
  const head = ['incident', 'title', 'kind', 'state', 'owner', 'due', 'age in days', 'overdue', 'ticket'];
  downloadCsv('action-items', [
    head,
    ...items.map((item) => [
      item.incident.reference,
      item.title,
      itemKindWords[item.kind],
      itemStateWords[item.state],
      item.owner?.name ?? null,
      typeof item.dueOn === 'string' ? item.dueOn : null,
      item.ageDays,
      item.isOverdue ? 'yes' : 'no',
      item.ticketUrl,
    ]),
  ]);
}

/** Which items are shown: the address says it. */
function useItemsSearch() {
  const { show: which = 'open', mine: isMine = false } = actionItemsRoute.useSearch({
    select: (raw) => parseItemsSearch({ ...raw }),
    structuralSharing: true,
  });
  const navigate = actionItemsRoute.useNavigate();
  const change = (patch: { readonly show?: ItemList; readonly mine?: boolean }) =>
    void navigate({ search: (before) => parseItemsSearch({ ...before, ...patch }), replace: true });
  return { which, isMine, change };
}

function Which({ which, onChange }: { readonly which: ItemList; readonly onChange: (list: ItemList) => void }) {
  return (
    <SegmentedControl
      aria-label="Which items"
      value={which}
      onChange={(value) => {
        const show = itemLists.find((each) => each === value);
        if (show) onChange(show);
      }}
      data={[
        { value: 'open', label: 'Open' },
        { value: 'overdue', label: 'Overdue' },
        { value: 'ended', label: 'Ended' },
      ]}
    />
  );
}

/** What was decided to be done after incidents: whose it is, until when, and how old it is. */
export function ActionItemsScreen() {
  const { handle } = useViewer().person;
  const { which, isMine, change } = useItemsSearch();
  const [edited, setEdited] = useState<ActionItem | null>(null);
  const filter = { ...filters[which], ...(isMine && { owners: [handle] }) };
  const { data, error, refetch } = useLiveQuery({ query: actionItemsQuery, variables: { filter, after: null } });
  useRefetchOnChanges(refetch);
  const items = data?.actionItems.nodes;
  useCommands([{ id: 'items.csv', label: 'Download the action items as CSV', run: () => download(items ?? []) }]);
  const [emptyTitle, emptyText] = emptyWords[which];
  return (
    <div className="reviews">
      <ReviewTabs at="items" />
      <div className="reviews-filters">
        <Which which={which} onChange={(show) => change({ show })} />
        <Switch
          label="Mine only"
          checked={isMine}
          onChange={(event) => change({ mine: event.currentTarget.checked })}
        />
        <Button
          variant="default"
          size="xs"
          className="reviews-csv"
          leftSection={<IconDownload size={14} stroke={1.7} aria-hidden="true" />}
          disabled={!items || items.length === 0}
          onClick={() => download(items ?? [])}
        >
          CSV
        </Button>
      </div>
      {!items && (error ? <Failed error={error} onRetry={refetch} /> : <SkeletonRows />)}
      {items?.length === 0 && <NothingYet title={emptyTitle}>{emptyText}</NothingYet>}
      {items && items.length > 0 && (
        <ul className="panel items">
          {items.map((item) => (
            <ActionItemRow key={item.id} item={item} withIncident onEdit={() => setEdited(item)} onChanged={refetch} />
          ))}
        </ul>
      )}
      {data?.actionItems.pageInfo.hasNextPage && <p className="muted">Only the first 100 are shown: narrow it down.</p>}
      {edited && (
        <ActionItemDialog
          incidentId={edited.incident.id}
          item={edited}
          isOpen
          onClose={() => setEdited(null)}
          onSaved={refetch}
        />
      )}
    </div>
  );
}
