import { Button, Group, Modal, NativeSelect, Textarea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconHistory } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { Allowed } from '../session/Allowed.tsx';
import { counted } from '../ui/words.ts';
import { ChangeList } from './ChangeList.tsx';
import './draftBar.css';
import type { DraftState } from './ruleDraft.ts';
import { ruleChanges } from './ruleDiff.ts';

const ranges = [
  { value: '1', label: 'the last day' },
  { value: '7', label: 'the last 7 days' },
  { value: '30', label: 'the last 30 days' },
  { value: 'all', label: 'all that is stored' },
];

/** Where a backtest begins; null for everything. */
function fromOf(range: string): string | null {
  const days = Number(range);
  return Number.isNaN(days) ? null : new Date(Date.now() - days * 86_400_000).toISOString();
}

interface SaveFormProps {
  readonly changes: ReturnType<typeof ruleChanges>;
  readonly isSaving: boolean;
  readonly onSave: (comment: string) => void;
  readonly onClose: () => void;
}

function SaveForm({ changes, isSaving, onSave, onClose }: SaveFormProps) {
  const [comment, setComment] = useState('');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onSave(comment);
      }}
    >
      <Textarea
        label="Why?"
        description="Stands beside the version."
        value={comment}
        onChange={(event) => setComment(event.currentTarget.value)}
        maxLength={500}
        autosize
        minRows={2}
        data-autofocus
      />
      <ChangeList changes={changes} />
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" loading={isSaving}>
          Save {counted(changes.length, 'change')}
        </Button>
      </Group>
    </form>
  );
}

interface DraftBarProps {
  readonly draft: DraftState;
  readonly isSaving: boolean;
  readonly isStarting: boolean;
  readonly onBacktest: (from: string | null) => void;
  readonly onDiscard: () => void;
  readonly onSave: (comment: string) => Promise<boolean>;
}

/** What is not saved yet, and what can be done with it. */
export function DraftBar({ draft, isSaving, isStarting, onBacktest, onDiscard, onSave }: DraftBarProps) {
  const [range, setRange] = useState('7');
  const [isSaveOpen, saveDialog] = useDisclosure(false);
  const [isDiffOpen, diff] = useDisclosure(false);
  const changes = useMemo(() => ruleChanges(draft.base.rules, draft.rules), [draft]);
  const isNameless = draft.rules.some(({ name }) => name.trim() === '');
  const save = async (comment: string) => {
    if (await onSave(comment)) saveDialog.close();
  };
  return (
    <section className="panel draft-bar" aria-label="Unsaved changes" data-testid="draft-bar">
      <div className="draft-bar-row">
        <p className="draft-bar-what">
          <strong>Unsaved changes</strong>{' '}
          <button type="button" className="link-button" aria-expanded={isDiffOpen} onClick={diff.toggle}>
            {isDiffOpen ? 'hide the ' : 'show the '}
            {counted(changes.length, 'change')}
          </button>
        </p>
        <Allowed to="Mutation.startBacktest">
          <div className="draft-bar-backtest">
            <NativeSelect
              aria-label="Backtest over"
              size="xs"
              value={range}
              onChange={(event) => setRange(event.currentTarget.value)}
              data={ranges}
            />
            <Button
              variant="default"
              size="xs"
              loading={isStarting}
              leftSection={<IconHistory size={14} stroke={1.8} aria-hidden="true" />}
              onClick={() => onBacktest(fromOf(range))}
            >
              Backtest
            </Button>
          </div>
        </Allowed>
        <Button variant="subtle" color="gray" size="xs" onClick={onDiscard}>
          Discard
        </Button>
        <Allowed to="Mutation.saveRuleSet">
          <Button size="xs" disabled={isNameless} onClick={saveDialog.open}>
            Save…
          </Button>
        </Allowed>
      </div>
      {isDiffOpen && <ChangeList changes={changes} />}
      <Modal opened={isSaveOpen} onClose={saveDialog.close} title="Save the rules" size="lg">
        <SaveForm
          changes={changes}
          isSaving={isSaving}
          onSave={(comment) => void save(comment)}
          onClose={saveDialog.close}
        />
      </Modal>
    </section>
  );
}
