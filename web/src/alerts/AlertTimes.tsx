import { Link } from '@tanstack/react-router';
import { Ago, Clock } from '../ui/Time.tsx';
import { counted } from '../ui/words.ts';
import type { AlertDetails } from './alertDetailQueries.ts';
import { reasonWords } from './alertWords.ts';

function Moment({ label, at }: { readonly label: string; readonly at: string }) {
  return (
    <li className="detail-moment">
      <span>{label}</span>
      <Clock at={at} />
      <span className="muted">
        <Ago at={at} />
      </span>
    </li>
  );
}

/** When it began, arrived, was heard of last and ended; and from whom. */
export function AlertTimes({ alert }: { readonly alert: AlertDetails }) {
  const { integration, receivedCount, senderSeverity } = alert;
  const ended = alert.resolveReason ? `Resolved ${reasonWords[alert.resolveReason]}` : 'Ended';
  return (
    <section className="detail-part">
      <h3>Times</h3>
      <ol className="detail-moments">
        <Moment label="Began at the sender" at={alert.startsAt} />
        <Moment label="First received" at={alert.receivedAt} />
        {receivedCount > 1 && <Moment label={`Last received (×${receivedCount})`} at={alert.lastReceivedAt} />}
        {alert.endsAt && alert.status === 'RESOLVED' && <Moment label={ended} at={alert.endsAt} />}
      </ol>
      <p className="detail-from muted">
        Received {receivedCount === 1 ? 'once' : counted(receivedCount, 'time')} from{' '}
        <Link to="/integrations/$id" params={{ id: integration.id }}>
          {integration.name}
        </Link>
        {senderSeverity && (
          <>
            , which calls it <span className="mono">{senderSeverity}</span>
          </>
        )}
      </p>
    </section>
  );
}
