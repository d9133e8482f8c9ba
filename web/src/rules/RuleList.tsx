import { Button } from '@mantine/core';
import { IconLock, IconPlus } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { counted } from '../ui/words.ts';
import type { DraftRule } from './ruleDraft.ts';
import './ruleList.css';
import { RuleListItem } from './RuleListItem.tsx';
import type { Rule } from './rulesQueries.ts';
import { useRowDrag } from './useRowDrag.ts';

interface RuleListProps {
  readonly rules: readonly DraftRule[];
  readonly builtIn: Rule | undefined;
  /** Alerts of the last day by rule, as the saved version decided. */
  readonly matchCounts: ReadonlyMap<string, number>;
  readonly changedKeys: ReadonlySet<string>;
  readonly selected: string;
  readonly onSelect: (key: string) => void;
  readonly onMove: (key: string, to: number) => void;
  readonly onToggle: (key: string, isEnabled: boolean) => void;
  readonly onAdd: () => void;
}

function BuiltInItem({ rule, isSelected, onSelect }: { rule: Rule; isSelected: boolean; onSelect: () => void }) {
  return (
    <li className="rule-item rule-item-built-in" data-selected={isSelected}>
      <span className="rule-item-lock" title="It cannot be changed or moved">
        <IconLock size={15} stroke={1.7} aria-hidden="true" />
      </span>
      <button type="button" className="rule-item-open" aria-current={isSelected || undefined} onClick={onSelect}>
        <span className="rule-item-name">{rule.name}</span>
        <span className="rule-item-about muted">all the rest · {counted(rule.matchCount, 'alert')} today</span>
      </button>
    </li>
  );
}

/** The rules in the order in which they are tried: the first that matches decides. */
export function RuleList(props: RuleListProps) {
  const { rules, builtIn, matchCounts, changedKeys, selected, onSelect, onMove, onToggle, onAdd } = props;
  const list = useRef<HTMLOListElement>(null);
  const [said, setSaid] = useState('');
  const move = (key: string, to: number) => {
    const from = rules.findIndex((rule) => rule.key === key);
    const rule = rules[from];
    const place = Math.min(rules.length - 1, Math.max(0, to));
    if (!rule || place === from) return;
    onMove(key, place);
    setSaid(`${rule.name} is now rule ${place + 1} of ${rules.length}`);
  };
  const { dragged, handleOf } = useRowDrag(list, move);
  const others = dragged ? rules.filter(({ key }) => key !== dragged.key) : [];
  const before = dragged ? others[dragged.to]?.key : undefined;
  return (
    <section className="panel rules-list" aria-label="Rules in order">
      <div className="rules-list-head">
        <h2 className="panel-title">In order</h2>
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconPlus size={14} stroke={2} aria-hidden="true" />}
          onClick={onAdd}
        >
          New rule
        </Button>
      </div>
      <p className="visually-hidden" id="rules-order-help">
        Alt with the arrow keys moves a rule up or down.
      </p>
      <ol ref={list} className="rule-items" data-dragging={dragged !== null}>
        {rules.map((rule, index) => (
          <RuleListItem
            key={rule.key}
            rule={rule}
            place={index}
            count={rules.length}
            matchCount={rule.id === null ? null : (matchCounts.get(rule.id) ?? 0)}
            isChanged={changedKeys.has(rule.key)}
            isSelected={selected === rule.key}
            isDragged={dragged?.key === rule.key}
            isDropBefore={before === rule.key}
            isDropAfter={dragged !== null && before === undefined && others.at(-1)?.key === rule.key}
            handle={handleOf(rule.key)}
            onSelect={onSelect}
            onMove={move}
            onToggle={onToggle}
          />
        ))}
        {builtIn && (
          <BuiltInItem rule={builtIn} isSelected={selected === builtIn.id} onSelect={() => onSelect(builtIn.id)} />
        )}
      </ol>
      <p className="visually-hidden" role="status">
        {said}
      </p>
    </section>
  );
}
