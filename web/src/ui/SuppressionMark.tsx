import { IconBellOff } from '@tabler/icons-react';
import { Until } from './Time.tsx';

export interface Suppression {
  readonly windowId: string;
  readonly name: string;
  readonly kind: 'WINDOW' | 'SILENCE';
  /** Null: with no end in sight. */
  readonly until: string | null;
}

/** A maintenance window or a silence keeps the alert quiet, and until when. */
export function SuppressionMark({ suppression }: { readonly suppression: Suppression }) {
  const { name, kind, until } = suppression;
  return (
    <span className="suppression" title={`${kind === 'SILENCE' ? 'Silence' : 'Maintenance'}: ${name}`}>
      <IconBellOff size={12} stroke={2} aria-hidden="true" />
      <span className="suppression-words">
        {kind === 'SILENCE' ? 'silenced' : 'in maintenance'}
        {until && (
          <>
            {', ends '}
            <Until at={until} />
          </>
        )}
      </span>
    </span>
  );
}
