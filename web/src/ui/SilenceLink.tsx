import { IconBellOff } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { silenceMatch } from './silenceMatch.ts';

interface SilenceLinkProps {
  readonly alert: Parameters<typeof silenceMatch>[0];
  readonly className: string;
}

/** To a new silence for alerts like this one. */
export function SilenceLink({ alert, className }: SilenceLinkProps) {
  return (
    <Link to="/maintenance" search={{ new: 'silence', match: silenceMatch(alert) }} className={className}>
      <IconBellOff size={14} stroke={1.7} aria-hidden="true" />
      Silence
    </Link>
  );
}
