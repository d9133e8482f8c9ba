import { humanDuration } from '../ui/duration.ts';
import { ServicePath } from '../ui/ServicePath.tsx';
import type { AlertDetails } from './alertDetailQueries.ts';

/** Why the alert belongs to its incident: the sentence at once, what it rests on when asked. */
export function AlertWhy({ explanation }: { readonly explanation: NonNullable<AlertDetails['explanation']> }) {
  return (
    <details className="detail-why">
      <summary>{explanation.sentence}</summary>
      {explanation.path.length > 1 && <ServicePath path={explanation.path} />}
      <dl className="detail-fields">
        <div className="detail-field">
          <dt className="muted">Rule</dt>
          <dd>
            {explanation.ruleId}, version {explanation.ruleVersion} ({explanation.outcome})
          </dd>
        </div>
        <div className="detail-field">
          <dt className="muted">Key</dt>
          <dd className="mono">{explanation.key}</dd>
        </div>
        <div className="detail-field">
          <dt className="muted">Window</dt>
          <dd>{humanDuration(explanation.windowSeconds)}</dd>
        </div>
      </dl>
    </details>
  );
}
