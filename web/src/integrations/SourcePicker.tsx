import { Link } from '@tanstack/react-router';
import { type SourceKind, sources } from './sources.ts';
import './sourcePicker.css';

/** The tools that can send, as links to their form. */
export function SourcePicker({ chosen }: { readonly chosen?: SourceKind | undefined }) {
  return (
    <ul className="source-picker">
      {sources.map((source) => (
        <li key={source.kind}>
          <Link
            to="/integrations/new"
            search={{ source: source.kind }}
            className="source-card"
            data-chosen={source.kind === chosen}
            aria-current={source.kind === chosen || undefined}
          >
            <source.icon size={20} stroke={1.6} aria-hidden="true" />
            <span className="source-name">{source.name}</span>
            <span className="source-about">{source.about}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
