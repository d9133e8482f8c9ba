import { Link } from '@tanstack/react-router';
import { healthWords } from './Health.tsx';
import type { ServiceRow } from './servicesQueries.ts';

interface NamesProps {
  readonly names: readonly string[];
  /** The names of the catalogue: only they have a page. */
  readonly known: ReadonlySet<string>;
}

function Names({ names, known }: NamesProps) {
  if (names.length === 0) return <span className="muted">none</span>;
  return names.map((name, index) => (
    <span key={name}>
      {index > 0 && ', '}
      {known.has(name) ? (
        <Link to="/services/$name" params={{ name }}>
          {name}
        </Link>
      ) : (
        <span className="muted">{name} (not in the catalogue)</span>
      )}
    </span>
  ));
}

interface NeighboursProps {
  readonly services: readonly ServiceRow[];
  readonly known: ReadonlySet<string>;
}

/** What the map draws, to be read. */
export function MapTable({ services, known }: NeighboursProps) {
  return (
    <details className="panel map-table">
      <summary>The map as a table</summary>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so the keyboard has to reach it */}
      <div className="map-table-scroll" tabIndex={0} role="group" aria-label="The map as a table">
        <table>
          <thead>
            <tr>
              <th scope="col">Service</th>
              <th scope="col">Now</th>
              <th scope="col">Depends on</th>
              <th scope="col">Needed by</th>
            </tr>
          </thead>
          <tbody>
            {services.map((service) => (
              <tr key={service.name}>
                <th scope="row">
                  <Names names={[service.name]} known={known} />
                </th>
                <td>{healthWords(service)}</td>
                <td>
                  <Names names={service.dependsOn} known={known} />
                </td>
                <td>
                  <Names names={service.dependedOnBy} known={known} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

/** The map on a phone: each service with its neighbours. */
export function NeighbourList({ services, known }: NeighboursProps) {
  return (
    <ul className="panel neighbours">
      {services.map((service) => (
        <li key={service.name}>
          <p className="neighbours-name">
            <Names names={[service.name]} known={known} />
          </p>
          <p className="muted">{healthWords(service)}</p>
          <p>
            <span className="muted">depends on</span> <Names names={service.dependsOn} known={known} />
          </p>
          <p>
            <span className="muted">needed by</span> <Names names={service.dependedOnBy} known={known} />
          </p>
        </li>
      ))}
    </ul>
  );
}
