import { CloseButton } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useLiveQuery } from '../graphql/useLiveQuery.ts';
import { PhaseBadge } from '../ui/PhaseBadge.tsx';
import { SeverityBadge } from '../ui/SeverityBadge.tsx';
import { Failed, NotFound, SkeletonRows } from '../ui/states.tsx';
import { SuppressionMark } from '../ui/SuppressionMark.tsx';
import { Elapsed } from '../ui/Time.tsx';
import { vanishWords } from '../ui/words.ts';
import './alertDetail.css';
import { type AlertDetails, alertDetailQuery } from './alertDetailQueries.ts';
import { AlertEpisodes } from './AlertEpisodes.tsx';
import { AlertFields } from './AlertFields.tsx';
import { AlertLinks } from './AlertLinks.tsx';
import { AlertStatusMark } from './AlertStatusMark.tsx';
import { AlertTimes } from './AlertTimes.tsx';
import { AlertWhy } from './AlertWhy.tsx';
import { HeldBack } from './HeldBack.tsx';

function Incident({ incident }: { readonly incident: NonNullable<AlertDetails['incident']> }) {
  return (
    <Link to="/incidents/$number" params={{ number: String(incident.number) }} className="detail-incident">
      <span className="reference">{incident.reference}</span>
      <span className="detail-incident-title">{incident.title}</span>
      <PhaseBadge phase={incident.phase} />
    </Link>
  );
}

function Belongs({ alert }: { readonly alert: AlertDetails }) {
  const { incident, explanation } = alert;
  if (incident) return <Incident incident={incident} />;
  if (explanation?.outcome === 'heldBack' && alert.status === 'FIRING') return <HeldBack explanation={explanation} />;
  return <p className="muted">It belongs to no incident.</p>;
}

function Body({ alert }: { readonly alert: AlertDetails }) {
  const end = alert.status === 'FIRING' ? null : (alert.endsAt ?? alert.lastReceivedAt);
  return (
    <div className="detail-body">
      <div className="detail-badges">
        <SeverityBadge severity={alert.severity} />
        <AlertStatusMark alert={alert} />
        {alert.suppression && <SuppressionMark suppression={alert.suppression} />}
        <span className="muted">
          {end === null ? 'for ' : 'after '}
          <Elapsed from={alert.startsAt} to={end} />
        </span>
      </div>
      {alert.vanishReason && <p className="detail-vanished">It is {vanishWords[alert.vanishReason]}.</p>}
      <h2 className="detail-title">{alert.title}</h2>
      {alert.summary && alert.summary !== alert.title && <p className="detail-text">{alert.summary}</p>}
      {alert.description && alert.description !== alert.summary && (
        <p className="detail-text muted">{alert.description}</p>
      )}
      <AlertLinks alert={alert} />
      <section className="detail-part">
        <h3>Incident</h3>
        <Belongs alert={alert} />
        {alert.explanation && <AlertWhy explanation={alert.explanation} />}
      </section>
      <section className="detail-part">
        <h3>Labels</h3>
        <AlertFields fields={alert.labels} isFilterable />
      </section>
      {alert.annotations.length > 0 && (
        <section className="detail-part">
          <h3>Annotations</h3>
          <AlertFields fields={alert.annotations} />
        </section>
      )}
      <AlertTimes alert={alert} />
      <AlertEpisodes alert={alert} />
    </div>
  );
}

interface AlertDetailProps {
  readonly id: string;
  readonly onClose: () => void;
}

/** One alert beside the list: everything its sender said, and what became of it. */
export function AlertDetail({ id, onClose }: AlertDetailProps) {
  const { data, error, refetch } = useLiveQuery({ query: alertDetailQuery, variables: { id } });
  const alert = data?.alert;
  return (
    <>
      <div className="detail-head">
        <span className="muted">Alert</span>
        <CloseButton aria-label="Close (Esc)" onClick={onClose} />
      </div>
      {alert && <Body alert={alert} />}
      {!alert && error && <Failed error={error} onRetry={refetch} />}
      {!alert &&
        !error &&
        (data ? <NotFound isPart title="This alert is no longer there" /> : <SkeletonRows rows={6} />)}
    </>
  );
}
