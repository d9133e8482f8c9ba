import { groupWord, ruleSentences } from './ruleWords.ts';
import type { Rule } from './rulesQueries.ts';

/** The rule behind all others: to read, not to change. */
export function BuiltInRule({ rule }: { readonly rule: Rule }) {
  return (
    <section className="panel rule-editor" aria-label={rule.name}>
      <h2 className="rule-built-in-title">{rule.name}</h2>
      <p className="muted">
        It stands behind your rules and takes what none of them matched. It cannot be changed: write a rule that comes
        before it.
      </p>
      <ul className="rule-sentences">
        {ruleSentences(rule).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
        <li>
          {rule.maxHops === 0
            ? 'Incidents of different services stay apart.'
            : `Then along the dependencies: a failing service up to ${rule.maxHops} steps away, in the same environment and window, takes the alert into its incident.`}
        </li>
      </ul>
      {rule.groupBy.length > 0 && (
        <p className="rule-chips">
          {rule.groupBy.map((field) => (
            <span key={field} className="chip">
              {groupWord(field)}
            </span>
          ))}
        </p>
      )}
    </section>
  );
}
