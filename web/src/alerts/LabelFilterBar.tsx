import { Combobox, Pill, PillsInput, useCombobox } from '@mantine/core';
import { IconTag } from '@tabler/icons-react';
import { type KeyboardEvent, useState } from 'react';
import type { Change, SearchControls } from '../lists/useSearchControls.ts';
import { type AlertSearch, matchersOf } from './alertSearch.ts';
import { draftProblem, finished } from './labelDraft.ts';
import { type LabelMatcher, matcherProblem, printMatcher } from './labelMatcher.ts';
import { type Completion, useLabelCompletion } from './useLabelCompletion.ts';

interface LabelInput {
  readonly text: string;
  readonly problem: string | null;
  readonly type: (text: string) => void;
  /** Adds the matchers of the text, if it is complete. */
  readonly commit: (text: string) => void;
  readonly remove: (index: number) => void;
}

function useLabelInput(matchers: readonly LabelMatcher[], change: Change): LabelInput {
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const type = (next: string) => {
    setText(next);
    setProblem(null);
  };
  const commit = (typed: string) => {
    if (typed.trim() === '') return;
    const added = finished(typed);
    const wrong = added ? (added.map(matcherProblem).find((each) => each !== null) ?? null) : draftProblem(typed);
    setProblem(wrong);
    if (!added || wrong !== null) return;
    setText('');
    change({ labels: [...matchers, ...added].map(printMatcher) });
  };
  const remove = (index: number) => change({ labels: matchers.filter((_, each) => each !== index).map(printMatcher) });
  return { text, problem, type, commit, remove };
}

interface PillsProps {
  readonly matchers: readonly LabelMatcher[];
  readonly onRemove: (index: number) => void;
}

function Pills({ matchers, onRemove }: PillsProps) {
  return matchers.map(printMatcher).map((text, index) => (
    <Pill
      key={text}
      className="label-pill mono"
      withRemoveButton
      removeButtonProps={{ 'aria-label': `Remove ${text}`, tabIndex: 0, 'aria-hidden': false }}
      onRemove={() => onRemove(index)}
    >
      {text}
    </Pill>
  ));
}

function Options({ completions }: { readonly completions: readonly Completion[] }) {
  return (
    <Combobox.Dropdown hidden={completions.length === 0}>
      <Combobox.Options mah={280} style={{ overflowY: 'auto' }} aria-label="Labels of recent alerts">
        {completions.map((each) => (
          <Combobox.Option key={each.text} value={each.text} className="label-option mono">
            <span>{each.label}</span>
            {each.hint && <span className="muted">{each.hint}</span>}
          </Combobox.Option>
        ))}
      </Combobox.Options>
    </Combobox.Dropdown>
  );
}

/** Label matchers as Prometheus writes them, one pill each, completed from recent alerts. */
export function LabelFilterBar({ controls: { search, change } }: { readonly controls: SearchControls<AlertSearch> }) {
  const matchers = matchersOf(search);
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const input = useLabelInput(matchers, change);
  const completions = useLabelCompletion(input.text, combobox.dropdownOpened);
  // Typing or a click brings the suggestions back.
  const commit = (text: string) => {
    input.commit(text);
    combobox.closeDropdown();
  };
  const choose = (text: string) => {
    const isFinal = completions.find((each) => each.text === text)?.isFinal ?? false;
    if (isFinal) commit(text);
    else input.type(text);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // With an option selected, Enter chooses it; that is the combobox's own doing.
    if (event.key === 'Enter' && combobox.getSelectedOptionIndex() === -1) commit(input.text);
    if (event.key === 'Backspace' && input.text === '') input.remove(matchers.length - 1);
  };
  return (
    <Combobox store={combobox} onOptionSubmit={choose} withinPortal keepMounted={false}>
      <Combobox.DropdownTarget>
        <PillsInput
          className="label-bar"
          leftSection={<IconTag size={16} stroke={1.6} aria-hidden="true" />}
          error={input.problem}
          onClick={() => combobox.openDropdown()}
        >
          <Pill.Group>
            <Pills matchers={matchers} onRemove={input.remove} />
            <Combobox.EventsTarget>
              <PillsInput.Field
                aria-label="Filter by label"
                placeholder={matchers.length === 0 ? 'Labels: service="checkout", pod=~"web-.*"' : ''}
                value={input.text}
                spellCheck={false}
                autoCapitalize="off"
                onFocus={() => combobox.openDropdown()}
                onBlur={() => combobox.closeDropdown()}
                onChange={(event) => {
                  input.type(event.currentTarget.value);
                  combobox.openDropdown();
                  combobox.resetSelectedOption();
                }}
                onKeyDown={onKeyDown}
              />
            </Combobox.EventsTarget>
          </Pill.Group>
        </PillsInput>
      </Combobox.DropdownTarget>
      <Options completions={completions} />
    </Combobox>
  );
}
