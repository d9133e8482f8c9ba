import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from 'urql';
import { labelNamesQuery, labelValuesQuery } from './alertsQueries.ts';
import { draftOf } from './labelDraft.ts';
import { matchOps, opSymbols, opWords } from './labelMatcher.ts';

export interface Completion {
  /** What stands in the field once it is chosen. */
  readonly text: string;
  readonly label: string;
  readonly hint?: string;
  /** Whether choosing it completes the matcher. */
  readonly isFinal: boolean;
}

const shown = 12;

const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

/** What can follow what has been typed: names, then operators, then values, from recent alerts. */
export function useLabelCompletion(text: string, isOpen: boolean): readonly Completion[] {
  const draft = draftOf(text);
  const value = draft.part === 'value' ? draft.value : '';
  const [[name, valuePrefix]] = useDebouncedValue<readonly [string, string]>([draft.name, value], 120);
  const [names] = useQuery({
    query: labelNamesQuery,
    variables: { prefix: name },
    pause: !isOpen || draft.part !== 'name',
  });
  const [values] = useQuery({
    query: labelValuesQuery,
    variables: { name: draft.name, prefix: valuePrefix },
    pause: !isOpen || draft.part !== 'value',
  });

  if (draft.part === 'name') {
    const found = (names.data?.labelNames ?? []).slice(0, shown);
    return found.map((each) => ({ text: `${each} `, label: each, isFinal: false }));
  }
  if (draft.part === 'op') {
    return matchOps.map((op) => ({
      text: `${draft.name}${opSymbols[op]}`,
      label: `${draft.name} ${opSymbols[op]}`,
      hint: opWords[op],
      isFinal: false,
    }));
  }
  const isRegex = draft.op === 'REGEX' || draft.op === 'NOT_REGEX';
  const found = (values.data?.labelValues ?? []).slice(0, shown);
  return found.map((each) => ({
    text: `${draft.name}${opSymbols[draft.op]}${JSON.stringify(isRegex ? literal(each) : each)}`,
    label: each,
    isFinal: true,
  }));
}
