import { memo } from 'react';
import { followLink } from '../lists/followLink.ts';
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
  readonly onOpen: (id: string) => void;
  readonly onIncident: (number: number) => void;
}

function Labels({ alert }: { readonly alert: AlertRow }) {
  return (
    <span className="alert-row-labels chips-whole mono">
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

function Repeats({ count }: { readonly count: number }) {
  if (count < 2) return <span className="alert-row-repeats" />;
  const words = `received ${count.toLocaleString('en')} times`;
  return (
    <span className="alert-row-repeats" title={words}>
      <span aria-hidden="true">×{count.toLocaleString('en')}</span>
      <span className="visually-hidden">{words}</span>
    </span>
  );
}

function Incident({ alert, onIncident }: Pick<Props, 'onIncident' | 'alert'>) {
  const { incident, explanation } = alert;
  const isHeld = explanation?.outcome === 'heldBack' && alert.status === 'FIRING';
  return (
    <span className="alert-row-incident">
      {incident ? (
        <a
          href={`/incidents/${incident.number}`}
          onClick={(event) => followLink(event, () => onIncident(incident.number))}
        >
          {incident.reference}
        </a>
      ) : isHeld ? (
        <span className="muted" title="Its rule opens nothing yet">
          held back
        </span>
      ) : (
        <span className="muted">
          <span aria-hidden="true">–</span>
          <span className="visually-hidden">no incident</span>
        </span>
      )}
    </span>
  );
}

/** Memoised and made of plain elements: a row is mounted each time it scrolls into view. */
export const AlertListRow = memo(function AlertListRow(props: Props) {
  const { alert, isOpen, isCurrent, hasLeft, onOpen, onIncident } = props;
  const end = alert.status === 'FIRING' ? null : (alert.endsAt ?? alert.lastReceivedAt);
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
          title={alert.title}
          aria-current={isOpen || undefined}
          onClick={(event) => followLink(event, () => onOpen(alert.id))}
        >
          {alert.title}
        </a>
        <Labels alert={alert} />
      </span>
      <span className="alert-row-where chips-whole">
        {alert.service && <span className="chip">{alert.service}</span>}
        {alert.environment && <span className="chip chip-outline">{alert.environment}</span>}
      </span>
      <AlertStatusMark alert={alert} />
      <Repeats count={alert.receivedCount} />
      <span className="alert-row-started muted">
        <Ago at={alert.startsAt} />
      </span>
      <span className="alert-row-duration">
        <Elapsed from={alert.startsAt} to={end} isShort />
      </span>
      <Incident alert={alert} onIncident={onIncident} />
    </div>
  );
});
