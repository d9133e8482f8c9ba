import { Checkbox } from '@mantine/core';
import { IconExternalLink, IconPencil } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useMay, useViewer } from '../session/viewer.ts';
import { Avatar } from '../ui/Avatar.tsx';
import '../ui/badges.css';
import { useAct } from '../ui/useAct.ts';
import { setItemState } from './reviewMutations.ts';
import type { ActionItem } from './reviewQueries.ts';
import { daysWord, itemKindWords, itemStateWords } from './reviewWords.ts';

const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeZone: 'UTC' });

/** "Due 4 Mar 2026", and loudly when that day is over. */
function Due({ item }: { readonly item: ActionItem }) {
  if (typeof item.dueOn !== 'string') return null;
  const words = day.format(Date.parse(item.dueOn));
  return item.isOverdue ? <strong className="item-overdue">Overdue since {words}</strong> : <span>Due {words}</span>;
}

interface ActionItemRowProps {
  readonly item: ActionItem;
  /** Where it came from is said in lists of many incidents. */
  readonly withIncident?: boolean;
  readonly onEdit?: () => void;
  readonly onChanged: () => void;
}

/** One thing that is to be done, with who does it, until when, and how old it is. */
export function ActionItemRow({ item, withIncident = false, onEdit, onChanged }: ActionItemRowProps) {
  const { act, isActing } = useAct();
  const may = useMay();
  const { person } = useViewer();
  const isOver = item.state === 'DONE' || item.state === 'DROPPED';
  const mayChange = may('Mutation.setActionItemState') || item.owner?.id === person.id;
  const set = async (state: ActionItem['state'], done: string) => {
    if (await act(setItemState, { id: item.id, state }, done)) onChanged();
  };
  return (
    <li className="item" data-over={isOver || undefined} data-testid="action-item">
      <Checkbox
        aria-label={isOver ? `Reopen “${item.title}”` : `“${item.title}” is done`}
        checked={item.state === 'DONE'}
        indeterminate={item.state === 'DROPPED'}
        disabled={!mayChange || isActing}
        onChange={() => void (isOver ? set('OPEN', 'Reopened') : set('DONE', 'Done'))}
      />
      <div className="item-main">
        <p className="item-title">{item.title}</p>
        {item.description && <p className="muted item-more">{item.description}</p>}
        <p className="item-facts muted">
          <span className="chip">{itemKindWords[item.kind]}</span>
          {item.state !== 'OPEN' && <span className="chip">{itemStateWords[item.state]}</span>}
          <Due item={item} />
          <span>{isOver ? `took ${daysWord(item.ageDays)}` : `${daysWord(item.ageDays)} old`}</span>
          {withIncident && (
            <Link to="/incidents/$number" params={{ number: String(item.incident.number) }} className="item-from">
              {item.incident.reference} {item.incident.title}
            </Link>
          )}
          {item.ticketUrl && (
            <a href={item.ticketUrl} target="_blank" rel="noopener noreferrer" className="item-from">
              Ticket
              <IconExternalLink size={12} aria-hidden="true" />
            </a>
          )}
          {mayChange && item.state === 'OPEN' && (
            <button type="button" className="link-button" onClick={() => void set('IN_PROGRESS', 'Started')}>
              Start
            </button>
          )}
          {mayChange && !isOver && (
            <button type="button" className="link-button" onClick={() => void set('DROPPED', 'Dropped')}>
              Drop
            </button>
          )}
        </p>
      </div>
      <span className="item-owner" title={item.owner?.name ?? 'Nobody owns it'}>
        {item.owner ? <Avatar name={item.owner.name} /> : <span className="muted">no owner</span>}
      </span>
      {onEdit && mayChange && (
        <button type="button" className="item-edit" aria-label={`Edit “${item.title}”`} onClick={onEdit}>
          <IconPencil size={16} stroke={1.7} aria-hidden="true" />
        </button>
      )}
    </li>
  );
}
