import { Link } from '@tanstack/react-router';
import { PhaseBadge } from '../ui/PhaseBadge.tsx';
import { SeverityBadge } from '../ui/SeverityBadge.tsx';
import { Elapsed } from '../ui/Time.tsx';
import { counted } from '../ui/words.ts';
import type { ServiceDetails } from './servicesQueries.ts';

function Open({ incident }: { readonly incident: ServiceDetails['openIncidents'][number] }) {
  return (
    <li className="service-incident">
      <SeverityBadge severity={incident.severity} isCompact />
      <Link to="/incidents/$number" params={{ number: String(incident.number) }} className="row-link">
        <span className="reference">{incident.reference}</span>
        {incident.title}
      </Link>
      <PhaseBadge phase={incident.phase} />
      <span className="muted">
        <Elapsed from={incident.openedAt} to={null} isShort />
      </span>
    </li>
  );
}

/** Open incidents that name the service, and its firing alerts. */
export function OpenNow({ service }: { readonly service: ServiceDetails }) {
  return (
    <section className="panel" aria-label="Open now">
      <div className="service-panel-head">
        <h2 className="panel-title">Open now</h2>
        <Link to="/alerts" search={{ service: [service.name], status: ['FIRING'] }} className="service-panel-link">
          {counted(service.firingAlertCount, 'alert')} firing
        </Link>
        <Link to="/incidents" search={{ service: [service.name], show: 'all' }} className="service-panel-link">
          All its incidents
        </Link>
      </div>
      {service.openIncidents.length === 0 ? (
        <p className="muted service-none">No incident is open.</p>
      ) : (
        <ul className="service-incidents">
          {service.openIncidents.map((incident) => (
            <Open key={incident.id} incident={incident} />
          ))}
        </ul>
      )}
    </section>
  );
}
