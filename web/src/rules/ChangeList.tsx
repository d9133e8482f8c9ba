import { counted } from '../ui/words.ts';
import './changeList.css';
import type { ConfigurationChange } from './rulesQueries.ts';

const kindWords = { ADDED: 'Added', CHANGED: 'Changed', REMOVED: 'Removed', MOVED: 'Moved' } as const satisfies Record<
  ConfigurationChange['kind'],
  string
>;

function signOf(line: string): 'added' | 'removed' | 'same' {
  if (line.startsWith('+')) return 'added';
  return line.startsWith('-') ? 'removed' : 'same';
}

function Diff({ lines }: { readonly lines: readonly string[] }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so the keyboard has to reach it
    <pre className="change-diff" tabIndex={0}>
      {lines.map((line, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- lines repeat, and a diff is drawn as a whole
        <span key={index} data-sign={signOf(line)}>
          {line}
          {'\n'}
        </span>
      ))}
    </pre>
  );
}

/** Changes of configuration, one entry each with its lines. */
export function ChangeList({ changes }: { readonly changes: readonly ConfigurationChange[] }) {
  if (changes.length === 0) return <p className="muted">No difference.</p>;
  return (
    <ul className="changes" aria-label={counted(changes.length, 'change')}>
      {changes.map((change) => (
        <li key={`${change.kind} ${change.what} ${change.name}`} data-testid="change">
          <p className="change-head">
            <span className="change-kind" data-kind={change.kind}>
              {kindWords[change.kind]}
            </span>
            <span className="muted">{change.what}</span> <strong>{change.name}</strong>
          </p>
          {change.diff.length > 0 && <Diff lines={change.diff} />}
        </li>
      ))}
    </ul>
  );
}
