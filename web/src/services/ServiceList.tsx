import { Link } from '@tanstack/react-router';
import { Health } from './Health.tsx';
import type { ServiceRow } from './servicesQueries.ts';

function openWords({ openIncidentCount, firingAlertCount }: ServiceRow): string {
  const parts = [
    openIncidentCount > 0 ? `${openIncidentCount} open` : '',
    firingAlertCount > 0 ? `${firingAlertCount} firing` : '',
  ];
  return parts.filter(Boolean).join(' · ');
}

function Item({ service }: { readonly service: ServiceRow }) {
  return (
    <li className="service-row" data-testid="service-row">
      <Health service={service} />
      <div className="service-name">
        <Link to="/services/$name" params={{ name: service.name }} className="row-link">
          {service.name}
        </Link>
        <span className="muted">
          {[service.kind, service.namespace].filter((each) => each && each !== service.name).join(' · ')}
        </span>
      </div>
      <span className="service-open">{openWords(service)}</span>
      <span className="service-team muted">{service.team ?? 'no team'}</span>
      <span className="service-tier muted">{service.tier === null ? '' : `Tier ${service.tier}`}</span>
      <span className="service-where chips-whole">
        {service.environments.map((environment) => (
          <span key={environment} className="chip">
            {environment}
          </span>
        ))}
      </span>
      <span className="service-needs muted">
        needs {service.dependsOn.length}, needed by {service.dependedOnBy.length}
      </span>
    </li>
  );
}

/** The catalogue, what burns first. */
export function ServiceList({ services }: { readonly services: readonly ServiceRow[] }) {
  return (
    <ul className="panel service-list">
      {services.map((service) => (
        <Item key={service.name} service={service} />
      ))}
    </ul>
  );
}
