import { Link } from '@tanstack/react-router';
import type { IncidentRow } from '../graphql/incidentFields.ts';
import { acknowledgerOf } from '../ui/owner.ts';
import { PhaseBadge } from '../ui/PhaseBadge.tsx';
import { SeverityBadge } from '../ui/SeverityBadge.tsx';
import { NothingYet } from '../ui/states.tsx';
import { Elapsed } from '../ui/Time.tsx';
import { useRowKeys } from '../ui/useRowKeys.ts';

function BurningRow({ incident, isCurrent }: { readonly incident: IncidentRow; readonly isCurrent: boolean }) {
  const acknowledger = acknowledgerOf(incident);
  return (
    <li className="burning-row" data-current={isCurrent} data-testid="incident-row" data-number={incident.number}>
      <SeverityBadge severity={incident.severity} />
      <div className="burning-what">
        <Link to="/incidents/$number" params={{ number: String(incident.number) }} className="row-link">
          <span className="reference">{incident.reference}</span> {incident.title}
        </Link>
        <div className="burning-where">
          {incident.services.map((service) => (
            <span key={service} className="chip">
              {service}
            </span>
          ))}
          {incident.environment && <span className="chip">{incident.environment}</span>}
          <span>
            {incident.alertCount === 0
              ? 'reported by a person'
              : `${incident.firingAlertCount} of ${incident.alertCount} firing`}
          </span>
        </div>
      </div>
      <div className="burning-who">
        <PhaseBadge phase={incident.phase} />
        <span className="muted">
          {incident.assignee ?? (acknowledger ? `acknowledged by ${acknowledger}` : 'nobody yet')}
        </span>
      </div>
      <span className="burning-age">
        <Elapsed from={incident.openedAt} to={null} />
      </span>
    </li>
  );
}

interface BurningProps {
  readonly incidents: readonly IncidentRow[];
  readonly total: { readonly value: number; readonly isExact: boolean };
}

/** Open incidents, the worst first, and among equals the oldest. */
export function Burning({ incidents, total }: BurningProps) {
  const open = incidents.filter((incident) => incident.isOpen);
  const current = useRowKeys(open);
  return (
    <section className="panel burning" aria-label="Burning now">
      <h2 className="panel-title">Burning now</h2>
      {open.length === 0 ? (
        <NothingYet title="Nothing is burning">No incident is open. The next one appears here by itself.</NothingYet>
      ) : (
        <ul>
          {open.map((incident) => (
            <BurningRow key={incident.id} incident={incident} isCurrent={incident.id === current?.id} />
          ))}
        </ul>
      )}
      {total.value > open.length && open.length > 0 && (
        <Link to="/incidents" className="panel-more">
          All {total.value.toLocaleString('en')}
          {total.isExact ? '' : '+'} open incidents
        </Link>
      )}
    </section>
  );
}
