import { IconCircleDashed } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { Health } from './Health.tsx';
import { type ServiceDetails, type ServiceRow, servicesQuery } from './servicesQueries.ts';

interface NeighboursProps {
  readonly title: string;
  readonly nobody: string;
  readonly names: readonly string[];
  readonly byName: ReadonlyMap<string, ServiceRow>;
}

function Neighbours({ title, nobody, names, byName }: NeighboursProps) {
  return (
    <>
      <h3 className="service-subtitle">{title}</h3>
      {names.length === 0 ? (
        <p className="muted service-none">{nobody}</p>
      ) : (
        <ul className="service-neighbours">
          {names.map((name) => {
            const service = byName.get(name);
            return (
              <li key={name}>
                {service && <Health service={service} isCompact />}
                {service || byName.size === 0 ? (
                  <Link to="/services/$name" params={{ name }}>
                    {name}
                  </Link>
                ) : (
                  <>
                    <IconCircleDashed size={14} stroke={1.8} aria-hidden="true" className="muted" />
                    <span>{name}</span> <span className="muted">not in the catalogue</span>
                  </>
                )}
              </li>
            );
          })}
        </ul>
      )}
    </>
  );
}

/** What it needs and who needs it, each with its health: where a failure may come from and go to. */
export function Dependencies({ service }: { readonly service: ServiceDetails }) {
  const [{ data }] = useQuery({ query: servicesQuery, variables: {} });
  const byName = new Map(data?.services.map((each) => [each.name, each]));
  return (
    <section className="panel" aria-label="Dependencies">
      <div className="service-panel-head">
        <h2 className="panel-title">Dependencies</h2>
        <Link to="/services" search={{ view: 'map' }} className="service-panel-link">
          Show the map
        </Link>
      </div>
      <Neighbours title="It depends on" nobody="Nothing that is known." names={service.dependsOn} byName={byName} />
      <Neighbours title="Needed by" nobody="Nobody that is known." names={service.dependedOnBy} byName={byName} />
    </section>
  );
}
