import type { Severity } from '../graphql/graphql.ts';
import './badges.css';
import { severityWords } from './words.ts';

const shapes: Readonly<Record<Severity, React.ReactNode>> = {
  CRITICAL: (
    <>
      <path d="M5.2 1h5.6L15 5.2v5.6L10.8 15H5.2L1 10.8V5.2z" fill="currentColor" />
      <path d="M8 4.2v4.3M8 10.9v.6" stroke="var(--surface)" strokeWidth="1.8" strokeLinecap="round" />
    </>
  ),
  HIGH: (
    <path d="M8 2l6.5 11.5h-13z" fill="currentColor" stroke="currentColor" strokeWidth="1.2" strokeLinejoin="round" />
  ),
  MEDIUM: <path d="M8 1.5L14.5 8 8 14.5 1.5 8z" fill="currentColor" />,
  LOW: <circle cx="8" cy="8" r="5" fill="currentColor" />,
  INFO: <circle cx="8" cy="8" r="4.5" fill="none" stroke="currentColor" strokeWidth="1.8" />,
};

interface SeverityBadgeProps {
  readonly severity: Severity;
  /** Only the shape is drawn; the word stays for screen readers and on hover. */
  readonly isCompact?: boolean;
}

/** Severity by colour, shape and word, so that none of the three is needed to tell. */
export function SeverityBadge({ severity, isCompact = false }: SeverityBadgeProps) {
  const word = severityWords[severity];
  return (
    <span
      className={isCompact ? 'sev sev-compact' : 'sev'}
      data-severity={severity}
      title={isCompact ? word : undefined}
    >
      <svg viewBox="0 0 16 16" aria-hidden="true" className="sev-shape">
        {shapes[severity]}
      </svg>
      <span className={isCompact ? 'visually-hidden' : undefined}>{word}</span>
    </span>
  );
}
