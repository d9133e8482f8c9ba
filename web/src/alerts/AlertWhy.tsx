import { humanDuration } from '../ui/duration.ts';
import { RuleFailures } from '../ui/RuleFailures.tsx';
import { ServicePath } from '../ui/ServicePath.tsx';
import { outcomeWords } from '../ui/words.ts';
import type { AlertDetails } from './alertDetailQueries.ts';

/** Why the alert belongs to its incident: the sentence at once, what it rests on when asked. */
export function AlertWhy({ explanation }: { readonly explanation: NonNullable<AlertDetails['explanation']> }) {
  return (
    <details className="detail-why">
      <summary>{explanation.sentence}</summary>
      <RuleFailures failures={explanation.failures} />
      {explanation.path.length > 1 && <ServicePath path={explanation.path} />}
      <dl className="detail-fields">
        <div className="detail-field">
          <dt className="muted">Rule</dt>
          <dd>
            {explanation.ruleId}, version {explanation.ruleVersion} (
            {outcomeWords[explanation.outcome] ?? explanation.outcome})
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
