import { Link } from '@tanstack/react-router';
import { unmergeIncident } from '../graphql/incidentMutations.ts';
import { useMay } from '../session/viewer.ts';
import { PhaseBadge } from '../ui/PhaseBadge.tsx';
import { SeverityBadge } from '../ui/SeverityBadge.tsx';
import { Elapsed, Until } from '../ui/Time.tsx';
import { useAct } from '../ui/useAct.ts';
import { dismissWords } from '../ui/words.ts';
import { ActionBar } from './ActionBar.tsx';
import type { IncidentDetails } from './incidentQuery.ts';

/** Undoes a merge: what came with it leaves again. */
function TakeBack({ id, reference }: { readonly id: string; readonly reference: string }) {
  const { act, isActing } = useAct();
  const may = useMay();
  if (!may('Mutation.unmergeIncident')) return null;
  return (
    <button
      type="button"
      className="link-button"
      disabled={isActing}
      aria-label={`Take the merge of ${reference} back`}
      onClick={() => void act(unmergeIncident, { id }, `${reference} goes on by itself`)}
    >
      take back
    </button>
  );
}

function Outcome({ incident }: { readonly incident: IncidentDetails }) {
  if (incident.mergedInto) {
    const { number, reference, title } = incident.mergedInto;
    return (
      <p className="incident-outcome">
        Merged into{' '}
        <Link to="/incidents/$number" params={{ number: String(number) }}>
          {reference} {title}
        </Link>
        <TakeBack id={incident.id} reference={incident.reference} />
      </p>
    );
  }
  if (incident.dismissReason) {
    return <p className="incident-outcome">Dismissed: {dismissWords[incident.dismissReason].toLowerCase()}</p>;
  }
  if (incident.isOpen && incident.autoResolvesAt) {
    return (
      <p className="incident-outcome">
        No alert is firing any more. Resolves by itself <Until at={incident.autoResolvesAt} /> if it stays quiet.
      </p>
    );
  }
  return null;
}

function MergedFrom({ incident }: { readonly incident: IncidentDetails }) {
  if (incident.mergedFrom.length === 0) return null;
  return (
    <p className="incident-outcome">
      Includes{' '}
      {incident.mergedFrom.map(({ id, number, reference, title }) => (
        <span key={id} className="merged-from">
          <Link to="/incidents/$number" params={{ number: String(number) }} title={title}>
            {reference}
          </Link>
          <TakeBack id={id} reference={reference} />
        </span>
      ))}
    </p>
  );
}

/** Number, title, state, and the next step. */
export function IncidentHeader({ incident }: { readonly incident: IncidentDetails }) {
  const end = incident.isOpen ? null : (incident.resolvedAt ?? incident.closedAt ?? incident.updatedAt);
  return (
    <header className="incident-header">
      <div className="incident-top">
        <div className="incident-badges">
          <Link to="/incidents" className="muted incident-back">
            Incidents
          </Link>
          <span className="muted" aria-hidden="true">
            /
          </span>
          <span className="incident-number">{incident.reference}</span>
          <SeverityBadge severity={incident.severity} />
          <PhaseBadge phase={incident.phase} />
          {incident.isFlapping && (
            <span
              className="chip"
              title="An alert of it comes and goes: it resolves by itself only after 20 minutes of quiet"
            >
              flapping
            </span>
          )}
          {incident.type.key !== 'operational' && <span className="chip">{incident.type.title}</span>}
          <span className="incident-duration">
            {incident.isOpen ? 'open for ' : 'took '}
            <Elapsed from={incident.openedAt} to={end} />
          </span>
        </div>
        <h1 className="incident-title">{incident.title}</h1>
        {incident.description && <p className="incident-description">{incident.description}</p>}
        <Outcome incident={incident} />
        <MergedFrom incident={incident} />
      </div>
      <ActionBar incident={incident} />
    </header>
  );
}
