import type { Funnel } from './analyticsQueries.ts';
import { kpiText } from './kpiFormat.ts';

interface Step {
  readonly label: string;
  readonly count: number;
  readonly note: string;
}

function stepsOf({ received, alerts, incidents, acknowledged, dedupRatio, compression }: Funnel): readonly Step[] {
  const taken = incidents > 0 ? `${kpiText('RATIO', acknowledged / incidents)} of the incidents` : '';
  return [
    { label: 'Received', count: received, note: 'everything senders sent' },
    {
      label: 'Alerts',
      count: alerts,
      note: dedupRatio === null ? 'repeats folded' : `${kpiText('RATIO', dedupRatio)} were repeats or resolves`,
    },
    {
      label: 'Incidents',
      count: incidents,
      note: compression === null ? 'alerts folded' : `${kpiText('RATIO', compression)} folded together`,
    },
    { label: 'Acknowledged', count: acknowledged, note: taken },
  ];
}

/** How much of the noise people had to look at. Widths are by square root: the steps differ by orders of magnitude. */
export function FunnelPanel({ funnel, isByTeam }: { readonly funnel: Funnel; readonly isByTeam: boolean }) {
  const steps = stepsOf(funnel);
  const most = Math.max(1, ...steps.map(({ count }) => count));
  return (
    <section className="panel funnel" aria-label="From noise to incidents">
      <h2 className="panel-title">From noise to incidents</h2>
      <ol>
        {steps.map(({ label, count, note }) => (
          <li key={label} className="funnel-step">
            <span className="funnel-label">{label}</span>
            <span className="funnel-track" aria-hidden="true">
              <span className="funnel-bar" style={{ width: `${Math.sqrt(count / most) * 100}%` }} />
            </span>
            <strong className="funnel-count">{count.toLocaleString('en')}</strong>
            <span className="funnel-note muted">{note}</span>
          </li>
        ))}
      </ol>
      {isByTeam && (
        <p className="funnel-remark muted">Alerts have no team: with a team chosen only incidents are counted.</p>
      )}
    </section>
  );
}
