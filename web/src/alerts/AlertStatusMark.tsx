import { IconBellOff, IconBellRinging, IconCheck, IconHourglassLow, IconWaveSquare } from '@tabler/icons-react';
import type { AlertRow } from './alertsQueries.ts';
import { reasonWords, statusWords } from './alertWords.ts';

/** Firing or resolved, by sign and word; an alert its sender no longer mentions says so. */
export function AlertStatusMark({ alert }: { readonly alert: AlertRow }) {
  const isFiring = alert.status === 'FIRING';
  const Sign = isFiring ? IconBellRinging : IconCheck;
  const reason = alert.resolveReason && !isFiring ? `Resolved ${reasonWords[alert.resolveReason]}` : undefined;
  return (
    <span className="alert-status" data-status={alert.status} title={reason ?? statusWords[alert.status]}>
      <Sign size={14} stroke={2} aria-hidden="true" />
      <span className="alert-status-word">{statusWords[alert.status]}</span>
      {alert.suppression && (
        <span
          className="alert-quiet-mark"
          title={`${alert.suppression.kind === 'SILENCE' ? 'Silenced' : 'In maintenance'}: ${alert.suppression.name}`}
        >
          <IconBellOff size={12} stroke={2} aria-hidden="true" />
          <span className="alert-stale-word">{alert.suppression.kind === 'SILENCE' ? 'silenced' : 'maintenance'}</span>
        </span>
      )}
      {alert.isStale && (
        <span className="alert-stale-mark" title="Not heard of for longer than its integration’s stale time">
          <IconHourglassLow size={12} stroke={2} aria-hidden="true" />
          <span className="alert-stale-word">stale</span>
        </span>
      )}
      {alert.isFlapping && (
        <span className="alert-stale-mark" title="Flapping: it had fired more than 3 times within an hour">
          <IconWaveSquare size={12} stroke={2} aria-hidden="true" />
          <span className="alert-stale-word">flapping</span>
        </span>
      )}
    </span>
  );
}
