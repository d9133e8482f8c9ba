import { ActionIcon, Switch } from '@mantine/core';
import { IconChevronDown, IconChevronUp, IconGripVertical } from '@tabler/icons-react';
import type { KeyboardEvent } from 'react';
import { counted } from '../ui/words.ts';
import type { DraftRule } from './ruleDraft.ts';
import type { RowDrag } from './useRowDrag.ts';

interface RuleListItemProps {
  readonly rule: DraftRule;
  readonly place: number;
  readonly count: number;
  /** Null for a rule that was never saved. */
  readonly matchCount: number | null;
  readonly isChanged: boolean;
  readonly isSelected: boolean;
  readonly isDragged: boolean;
  readonly isDropBefore: boolean;
  readonly isDropAfter: boolean;
  readonly handle: ReturnType<RowDrag['handleOf']>;
  readonly onSelect: (key: string) => void;
  readonly onMove: (key: string, to: number) => void;
  readonly onToggle: (key: string, isEnabled: boolean) => void;
}

function about({ rule, matchCount }: Pick<RuleListItemProps, 'rule' | 'matchCount'>): string {
  if (!rule.isEnabled) return 'switched off';
  return matchCount === null ? 'not saved yet' : `${counted(matchCount, 'alert')} today`;
}

type MovesProps = Pick<RuleListItemProps, 'rule' | 'place' | 'count' | 'onMove'>;

function Moves({ rule, place, count, onMove }: MovesProps) {
  return (
    <span className="rule-item-moves">
      <ActionIcon
        variant="subtle"
        color="gray"
        size="sm"
        aria-label={`Move ${rule.name} up`}
        disabled={place === 0}
        onClick={() => onMove(rule.key, place - 1)}
      >
        <IconChevronUp size={14} stroke={2} />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="sm"
        aria-label={`Move ${rule.name} down`}
        disabled={place === count - 1}
        onClick={() => onMove(rule.key, place + 1)}
      >
        <IconChevronDown size={14} stroke={2} />
      </ActionIcon>
    </span>
  );
}

export function RuleListItem(props: RuleListItemProps) {
  const { rule, place, isSelected, onSelect, onMove, onToggle } = props;
  const moveByKey = (event: KeyboardEvent) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!event.altKey || step === undefined) return;
    event.preventDefault();
    onMove(rule.key, place + step);
  };
  return (
    <li
      className="rule-item"
      data-testid="rule-item"
      data-rule={rule.key}
      data-selected={isSelected}
      data-dragged={props.isDragged}
      data-drop={props.isDropBefore ? 'before' : props.isDropAfter ? 'after' : undefined}
      data-off={!rule.isEnabled}
    >
      <span className="rule-item-handle" title="Drag to reorder" {...props.handle}>
        <IconGripVertical size={15} stroke={1.7} aria-hidden="true" />
      </span>
      <button
        type="button"
        className="rule-item-open"
        aria-current={isSelected || undefined}
        aria-describedby="rules-order-help"
        onClick={() => onSelect(rule.key)}
        onKeyDown={moveByKey}
      >
        <span className="rule-item-name">
          <span className="rule-item-place">{place + 1}</span>
          {rule.name.trim() || 'Without a name'}
          {props.isChanged && (
            <span className="rule-item-changed" title="Not saved">
              <span className="visually-hidden"> (not saved)</span>
            </span>
          )}
        </span>
        <span className="rule-item-about muted">{about(props)}</span>
      </button>
      <Moves rule={rule} place={place} count={props.count} onMove={onMove} />
      <Switch
        size="xs"
        aria-label={`${rule.name} is on`}
        checked={rule.isEnabled}
        onChange={(event) => onToggle(rule.key, event.currentTarget.checked)}
      />
    </li>
  );
}
