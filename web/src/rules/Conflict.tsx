import { Button, Group } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconAlertTriangle } from '@tabler/icons-react';
import { Ago } from '../ui/Time.tsx';
import { ChangeList } from './ChangeList.tsx';
import './draftBar.css';
import type { DraftState } from './ruleDraft.ts';
import { ruleChanges } from './ruleDiff.ts';
import type { RuleSet } from './rulesQueries.ts';
import { baseOf } from './useRuleDraft.ts';

interface ConflictProps {
  readonly draft: DraftState;
  readonly current: RuleSet;
  readonly onRebase: () => void;
  readonly onTakeTheirs: () => void;
}

/** Somebody else saved while this draft was being written. */
export function Conflict({ draft, current, onRebase, onTakeTheirs }: ConflictProps) {
  const [isOpen, { toggle }] = useDisclosure(false);
  return (
    <section className="panel conflict" aria-label="Saved by somebody else" role="alert">
      <p>
        <IconAlertTriangle size={16} stroke={1.8} aria-hidden="true" />
        <strong>
          {current.savedBy ?? 'Somebody'} saved version {current.version}
        </strong>
        {current.savedAt && <Ago at={current.savedAt} />}
        {current.comment && <span>“{current.comment}”</span>}
      </p>
      <p className="muted">Your draft began with version {draft.base.version} and is kept.</p>
      <Group gap="xs">
        <Button size="xs" onClick={onRebase}>
          Take theirs in, keep my changes
        </Button>
        <Button size="xs" variant="default" aria-expanded={isOpen} onClick={toggle}>
          {isOpen ? 'Hide what they changed' : 'Show what they changed'}
        </Button>
        <Button size="xs" variant="subtle" color="gray" onClick={onTakeTheirs}>
          Discard mine
        </Button>
      </Group>
      {isOpen && <ChangeList changes={ruleChanges(draft.base.rules, baseOf(current).rules)} />}
    </section>
  );
}
