import { type LabelMatcher, type MatchOp, matchOps, opSymbols, parseMatchers, printMatcher } from './labelMatcher.ts';

/** A matcher while it is being typed. */
export type LabelDraft =
  | { readonly part: 'name'; readonly name: string }
  | { readonly part: 'op'; readonly name: string }
  | { readonly part: 'value'; readonly name: string; readonly op: MatchOp; readonly value: string };

const draftPattern = /^\s*([^\s=!~"'{},]*)(\s*)(=~|!~|!=|=|!)?\s*(.*)$/s;

/** Which part of `name op value` stands under the cursor, so that the right thing is completed. */
export function draftOf(text: string): LabelDraft {
  const [, name = '', space = '', symbol, rest = ''] = draftPattern.exec(text) ?? [];
  const op = matchOps.find((each) => opSymbols[each] === symbol);
  if (op !== undefined && name !== '') return { part: 'value', name, op, value: rest.replace(/^"|"$/g, '') };
  if (name !== '' && (symbol === '!' || space !== '')) return { part: 'op', name };
  return { part: 'name', name };
}

/** Why Enter refuses the typed text: a bare value ends at a space, lest the rest of the line match silently. */
export function draftProblem(text: string): string {
  const draft = draftOf(text);
  if (draft.part !== 'value' || text.includes('"') || !/\s/.test(draft.value.trim())) {
    return 'Write it like name="value"';
  }
  return `A value with spaces goes in quotes: ${printMatcher(draftMatcher(draft))}`;
}

/** What Enter makes of the typed text; null while it is not complete. A closing quote may be missing. */
export function finished(text: string): readonly LabelMatcher[] | null {
  const parsed = parseMatchers(text);
  if (parsed) return parsed;
  const draft = draftOf(text);
  const isComplete = draft.part === 'value' && draft.value.trim() !== '' && !draft.value.includes('"');
  if (!isComplete || (!text.includes('"') && /\s/.test(draft.value.trim()))) return null;
  return [draftMatcher(draft)];
}

function draftMatcher({ name, op, value }: Extract<LabelDraft, { part: 'value' }>): LabelMatcher {
  return { name, op, value: value.trim() };
}
