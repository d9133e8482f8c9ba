import { Link } from '@tanstack/react-router';
import { PhaseBadge } from '../ui/PhaseBadge.tsx';
import { SeverityBadge } from '../ui/SeverityBadge.tsx';
import { Elapsed, Until } from '../ui/Time.tsx';
import { phaseWords } from '../ui/words.ts';
import type { IncidentDetails } from './incidentQuery.ts';

/** Why nobody is called although it is open. */
function Snoozed({ incident: { snoozedBy, snoozedUntil } }: { readonly incident: IncidentDetails }) {
  if (snoozedBy === null) return null;
  return (
    <span className="chip" title={`Snoozed by ${snoozedBy}`}>
      Snoozed, wakes {snoozedUntil === null ? 'when something happens' : <Until at={snoozedUntil} />}
    </span>
  );
}

/** Of which kind it is, where that is not the usual. */
function Marks({ incident }: { readonly incident: IncidentDetails }) {
  const { status, phase, type, isRestricted, isFlapping } = incident;
  return (
    <>
      {status.title !== phaseWords[phase] && <span className="chip">{status.title}</span>}
      <span className="chip" title="Priority, from impact and urgency">
        P{incident.priority}
      </span>
      {type.key !== 'operational' && <span className="chip">{type.title}</span>}
      {isRestricted && (
        <span className="chip" title="Only who takes part, the team and managers see it">
          Restricted
        </span>
      )}
      {isFlapping && (
        <span
          className="chip"
          title="An alert of it comes and goes: it resolves by itself only after 20 minutes of quiet"
        >
          flapping
        </span>
      )}
      <Snoozed incident={incident} />
    </>
  );
}

/** Number, severity, state, and for how long: one line. */
export function IncidentBadges({ incident }: { readonly incident: IncidentDetails }) {
  const end = incident.isOpen ? null : (incident.resolvedAt ?? incident.closedAt ?? incident.updatedAt);
  return (
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
      <Marks incident={incident} />
      <span className="incident-duration">
        {incident.isOpen ? 'open for ' : 'took '}
        <Elapsed from={incident.openedAt} to={end} />
      </span>
    </div>
  );
}
