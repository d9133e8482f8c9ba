import { Button, CloseButton, Progress } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { SeverityBadge } from '../ui/SeverityBadge.tsx';
import { Ago } from '../ui/Time.tsx';
import { counted } from '../ui/words.ts';
import './backtest.css';
import type { BacktestDifference, BacktestRow } from './backtestQueries.ts';
import type { Backtesting } from './useBacktest.ts';

const kindWords = {
  JOINED: 'Joined',
  SPLIT: 'Split',
  REGROUPED: 'Regrouped',
  HELD_BACK: 'Held back',
  OPENED: 'Opened',
} as const satisfies Record<BacktestDifference['kind'], string>;

const dates = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short', hourCycle: 'h23' });

function Running({ backtest, onCancel }: { readonly backtest: BacktestRow; readonly onCancel: () => void }) {
  const percent = Math.round(backtest.progress * 100);
  return (
    <div className="backtest-running">
      <Progress value={percent} aria-label="Progress of the backtest" size="sm" />
      <p className="muted">
        {percent} % · {counted(backtest.alertCount, 'alert')} tried
      </p>
      <Button variant="default" size="xs" onClick={onCancel}>
        Cancel
      </Button>
    </div>
  );
}

function Numbers({ backtest }: { readonly backtest: BacktestRow }) {
  const { before, after } = backtest;
  if (!before || !after) return null;
  const rows = [
    ['Incidents', before.incidents, after.incidents],
    ['Alerts per incident', before.alertsPerIncident, after.alertsPerIncident],
    ['Largest incident, alerts', before.largestIncidentAlerts, after.largestIncidentAlerts],
    ['Held back, alerts', before.heldBack, after.heldBack],
  ] as const;
  const said = (value: number) => value.toLocaleString('en', { maximumFractionDigits: 1 });
  return (
    <>
      <p className="backtest-sentence" data-testid="backtest-result">
        {counted(after.alerts, 'alert')} → <strong>{counted(after.incidents, 'incident')}</strong>; today’s rules:{' '}
        {said(before.incidents)}
      </p>
      <table className="backtest-numbers">
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">Measure</span>
            </th>
            <th scope="col">Today’s rules</th>
            <th scope="col">Tried</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([label, was, is]) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td>{said(was)}</td>
              <td data-better={label === 'Incidents' && is < was}>{said(is)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function Difference({ difference }: { readonly difference: BacktestDifference }) {
  return (
    <li className="backtest-difference">
      <details>
        <summary>
          <span className="chip">{kindWords[difference.kind]}</span> {difference.sentence}
        </summary>
        <ul>
          {difference.alerts.map((alert) => (
            <li key={alert.id}>
              <SeverityBadge severity={alert.severity} isCompact />
              <Link to="/alerts" search={{ alert: alert.id }}>
                {alert.title}
              </Link>
              <span className="muted">
                {alert.service && `${alert.service} · `}
                <Ago at={alert.startsAt} />
              </span>
            </li>
          ))}
        </ul>
      </details>
    </li>
  );
}

function Differences({ backtest }: { readonly backtest: BacktestRow }) {
  if (backtest.state !== 'DONE') return null;
  if (backtest.differences.length === 0) {
    return <p className="muted backtest-text">Every alert ends in the same incident as under today’s rules.</p>;
  }
  return (
    <>
      <h3 className="backtest-subtitle">What would be different, largest first</h3>
      <ol className="backtest-differences">
        {backtest.differences.map((difference, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- they have no id, and the list is drawn as a whole
          <Difference key={index} difference={difference} />
        ))}
      </ol>
    </>
  );
}

function stateText({ state, error }: BacktestRow): string | null {
  if (state === 'CANCELLED') return 'Cancelled.';
  return state === 'FAILED' ? `It failed: ${error ?? 'no reason was given'}.` : null;
}

/** The draft against what was received: how many incidents, and which would be different. */
export function BacktestPanel({ backtesting }: { readonly backtesting: Backtesting }) {
  const { backtest, subject, cancel, close } = backtesting;
  if (!backtest) return null;
  const ended = stateText(backtest);
  return (
    <section className="panel backtest" aria-label="Backtest" data-testid="backtest" data-state={backtest.state}>
      <div className="backtest-head">
        <h2 className="panel-title">Backtest of {subject}</h2>
        <span className="muted backtest-range">
          {dates.format(Date.parse(backtest.from))} – {dates.format(Date.parse(backtest.to))}
        </span>
        <CloseButton aria-label="Close the backtest" onClick={close} />
      </div>
      <div role="status">
        {ended && <p className="backtest-text">{ended}</p>}
        {backtest.state === 'RUNNING' && <Running backtest={backtest} onCancel={() => void cancel()} />}
        {backtest.state === 'DONE' && <Numbers backtest={backtest} />}
      </div>
      <Differences backtest={backtest} />
    </section>
  );
}
