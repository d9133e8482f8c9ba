import { humanDuration } from '../ui/duration.ts';
import { outcomeWords } from '../ui/words.ts';
import { RuleFailures } from '../ui/RuleFailures.tsx';
import { ServicePath } from '../ui/ServicePath.tsx';
import type { Explanation } from './incidentQuery.ts';

/** Why an alert belongs here: the sentence at once, what it rests on when asked. */
export function Why({ explanation }: { readonly explanation: Explanation }) {
  return (
    <details className="why">
      <summary>{explanation.sentence}</summary>
      <RuleFailures failures={explanation.failures} />
      {explanation.path.length > 1 && <ServicePath path={explanation.path} />}
      <dl className="why-details">
        <dt>Rule</dt>
        <dd>
          {explanation.ruleId}, version {explanation.ruleVersion}
        </dd>
        <dt>Outcome</dt>
        <dd>{outcomeWords[explanation.outcome] ?? explanation.outcome}</dd>
        <dt>Key</dt>
        <dd className="mono">{explanation.key}</dd>
        <dt>Values</dt>
        <dd>
          {explanation.values.map(({ name, value }) => (
            <span key={name} className="chip mono">
              {name}={value}
            </span>
          ))}
        </dd>
        <dt>Window</dt>
        <dd>{humanDuration(explanation.windowSeconds)}</dd>
      </dl>
    </details>
  );
}
