import type { BodyPath } from './bodyPath.ts';

interface JsonTreeProps {
  readonly value: unknown;
  readonly path: BodyPath;
  readonly onPick: (path: BodyPath) => void;
}

/** Longer lists are cut: they repeat themselves, and each value is a button. */
const mostMembers = 200;

function Leaf({ value, path, onPick }: JsonTreeProps) {
  const text = JSON.stringify(value) ?? 'null';
  return (
    <button
      type="button"
      className="json-leaf"
      data-type={value === null ? 'null' : typeof value}
      onClick={() => onPick(path)}
    >
      {text.length > 300 ? `${text.slice(0, 300)}…` : text}
    </button>
  );
}

function entriesOf(value: object): readonly (readonly [string | number, unknown])[] {
  return Array.isArray(value) ? value.map((each: unknown, index) => [index, each] as const) : Object.entries(value);
}

/** Parsed JSON, each value a button that says where it stands. */
export function JsonTree({ value, path, onPick }: JsonTreeProps) {
  if (typeof value !== 'object' || value === null) return <Leaf value={value} path={path} onPick={onPick} />;
  const entries = entriesOf(value);
  if (entries.length === 0) return <Leaf value={value} path={path} onPick={onPick} />;
  return (
    <ul className="json-members">
      {entries.slice(0, mostMembers).map(([name, member]) => (
        <li key={name}>
          <button type="button" className="json-name" onClick={() => onPick([...path, name])}>
            {name}
          </button>
          <JsonTree value={member} path={[...path, name]} onPick={onPick} />
        </li>
      ))}
      {entries.length > mostMembers && <li className="muted">{entries.length - mostMembers} more</li>}
    </ul>
  );
}
