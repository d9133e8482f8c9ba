import { type OutcomeCount, outcomeMeanings, outcomeWords, presentOutcomes } from './outcomes.ts';
import './deliveries.css';

/** What became of what was received: "2 opened", "14 repeated". */
export function Outcomes({ counts }: { readonly counts: readonly OutcomeCount[] }) {
  return (
    <span className="outcomes">
      {presentOutcomes(counts).map(({ outcome, count }) => (
        <span key={outcome} className="outcome" data-outcome={outcome} title={outcomeMeanings[outcome]}>
          <b>{count.toLocaleString('en')}</b> {outcomeWords[outcome]}
        </span>
      ))}
    </span>
  );
}
