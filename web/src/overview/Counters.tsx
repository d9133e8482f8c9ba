import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { OverviewData } from './overviewQuery.ts';

interface CounterProps {
  readonly value: number;
  readonly label: string;
  readonly isAlarming?: boolean;
  readonly children?: ReactNode;
}

function Counter({ value, label, isAlarming = false, children }: CounterProps) {
  return (
    <div className="counter" data-alarming={isAlarming && value > 0}>
      <dt>{label}</dt>
      <dd className="counter-value">{value.toLocaleString('en')}</dd>
      {children && <dd className="counter-more">{children}</dd>}
    </div>
  );
}

/** How many, and the last hour. */
export function Counters({ overview }: { readonly overview: OverviewData }) {
  return (
    <dl className="counters panel" aria-label="Now and in the last hour">
      <Counter value={overview.openIncidents} label="Open incidents">
        <Link to="/incidents">See the list</Link>
      </Counter>
      <Counter value={overview.unacknowledgedIncidents} label="Unacknowledged" isAlarming>
        <Link to="/incidents" search={{ phase: ['DETECTED', 'TRIAGED'] }}>
          {overview.unacknowledgedIncidents > 0 ? 'Nobody has these yet' : 'Somebody has every one'}
        </Link>
      </Counter>
      <Counter value={overview.firingAlerts} label="Firing alerts" />
      <div className="counter counter-hour">
        <dt>Last hour</dt>
        <dd>
          <strong>{overview.openedLastHour.toLocaleString('en')}</strong> opened
        </dd>
        <dd>
          <strong>{overview.resolvedLastHour.toLocaleString('en')}</strong> resolved
        </dd>
        <dd>
          <strong>{overview.receivedLastHour.toLocaleString('en')}</strong> alerts received
        </dd>
      </div>
    </dl>
  );
}
