import { IconCircleCheck, IconCircleMinus } from '@tabler/icons-react';
import { sentenceOf } from '../graphql/errors.ts';
import type { DraftRule } from './ruleDraft.ts';
import './resultPane.css';
import { ruleSentences } from './ruleWords.ts';
import type { RulePreview, TriedAlert } from './rulesQueries.ts';
import { useRulePreview } from './useRulePreview.ts';

function Matched({ preview }: { readonly preview: RulePreview }) {
  return (
    <>
      <p className="result-verdict" data-matches="true">
        <IconCircleCheck size={18} stroke={1.8} aria-hidden="true" /> It matches
      </p>
      {preview.reason && <p className="muted">{preview.reason}</p>}
      {preview.key && (
        <dl className="result-facts">
          <dt className="muted">Key</dt>
          <dd className="mono">{preview.key}</dd>
          {preview.values.map(({ name, value }) => (
            <div key={name} className="result-value">
              <dt className="muted">{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}

function Verdict({ preview }: { readonly preview: RulePreview }) {
  if (preview.matches) return <Matched preview={preview} />;
  return (
    <>
      <p className="result-verdict" data-matches="false">
        <IconCircleMinus size={18} stroke={1.8} aria-hidden="true" /> It does not match
      </p>
      <p className="muted">{preview.reason ?? 'The expression is false for this alert.'}</p>
    </>
  );
}

interface ResultPaneProps {
  readonly rule: DraftRule | null;
  readonly alert: TriedAlert | null;
}

/** What the rule as it stands here would do with the alert. */
export function ResultPane({ rule, alert }: ResultPaneProps) {
  const { preview, error, isBehind } = useRulePreview(rule, alert?.id ?? null);
  if (!rule) return null;
  return (
    <section className="panel result-pane" aria-label="Result">
      <h2 className="panel-title">What it would do</h2>
      <div className="result-body" data-testid="rule-result" data-behind={isBehind} aria-live="polite">
        {!alert && <p className="muted">Pick an alert to see whether the rule takes it.</p>}
        {alert && preview && !error && <Verdict preview={preview} />}
        {alert && error && <p className="muted">It could not be tried: {sentenceOf(error)}</p>}
      </div>
      <ul className="result-sentences">
        {ruleSentences(rule).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </section>
  );
}
