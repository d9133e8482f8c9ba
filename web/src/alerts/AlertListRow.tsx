import { memo } from 'react';
import { SeverityBadge } from '../ui/SeverityBadge.tsx';
import { Ago, Elapsed } from '../ui/Time.tsx';
import { AlertStatusMark } from './AlertStatusMark.tsx';
import type { AlertRow } from './alertsQueries.ts';
import { tellingLabels } from './alertWords.ts';

interface Props {
  readonly alert: AlertRow;
  readonly isOpen: boolean;
  readonly isCurrent: boolean;
  /** It no longer matches the filter. */
  readonly hasLeft: boolean;
}

function Labels({ alert }: { readonly alert: AlertRow }) {
  return (
    <span className="alert-row-labels mono">
      {tellingLabels(alert)
        .slice(0, 4)
        .map(({ name, value }) => (
          <span key={name}>
            {name}=<span className="alert-row-value">{value}</span>
          </span>
        ))}
    </span>
  );
}

/** Memoised and made of plain elements: a row is mounted each time it scrolls into view. */
export const AlertListRow = memo(function AlertListRow({ alert, isOpen, isCurrent, hasLeft }: Props) {
  const { incident, receivedCount } = alert;
  const repeats = `received ${receivedCount.toLocaleString('en')} times`;
  return (
    <div
      className="alert-row"
      data-testid="alert-explorer-row"
      data-status={alert.status}
      data-current={isCurrent}
      data-open={isOpen}
      data-left={hasLeft}
    >
      <SeverityBadge severity={alert.severity} />
      <span className="alert-row-title">
        <a
          href={`/alerts?alert=${alert.id}`}
          data-alert={alert.id}
          className="row-link"
          aria-current={isOpen || undefined}
        >
          {alert.title}
        </a>
        <Labels alert={alert} />
      </span>
      <span className="alert-row-where">
        {alert.service && <span className="chip">{alert.service}</span>}
        {alert.environment && <span className="chip chip-outline">{alert.environment}</span>}
      </span>
      <AlertStatusMark alert={alert} />
      <span className="alert-row-repeats" title={receivedCount > 1 ? repeats : undefined}>
        {receivedCount > 1 && (
          <>
            <span aria-hidden="true">×{receivedCount.toLocaleString('en')}</span>
            <span className="visually-hidden">{repeats}</span>
          </>
        )}
      </span>
      <span className="alert-row-started muted">
        <Ago at={alert.startsAt} />
      </span>
      <span className="alert-row-duration">
        <Elapsed
          from={alert.startsAt}
          to={alert.status === 'FIRING' ? null : (alert.endsAt ?? alert.lastReceivedAt)}
          isShort
        />
      </span>
      <span className="alert-row-incident">
        {incident ? (
          <a href={`/incidents/${incident.number}`} data-number={incident.number}>
            {incident.reference}
          </a>
        ) : (
          <span className="muted" aria-label="no incident">
            –
          </span>
        )}
      </span>
    </div>
  );
});
