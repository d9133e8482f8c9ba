import { Ago, Until } from '../../ui/Time.tsx';
import '../work.css';
import type { ShownEscalation } from './escalationQueries.ts';

const pageWords = { OPEN: 'not answered yet', ACKNOWLEDGED: 'answered', ENDED: 'need not answer' } as const;

function stateOf({ state, step, stepCount, round, roundCount, endedBy }: ShownEscalation): string {
  switch (state) {
    case 'RUNNING':
      return `step ${step} of ${stepCount}${roundCount > 1 ? `, round ${round} of ${roundCount}` : ''}`;
    case 'ACKNOWLEDGED':
      return `acknowledged${endedBy === null ? '' : ` by ${endedBy}`}`;
    case 'EXHAUSTED':
      return 'everybody was called';
    case 'STOPPED':
      return `stopped${endedBy === null ? '' : ` by ${endedBy}`}`;
  }
}

function nextOf({ step, stepCount, round, roundCount }: ShownEscalation): string {
  if (step < stepCount) return `Step ${step + 1}`;
  return round < roundCount ? 'Again from step 1' : 'Gives up';
}

/** One course of calls: who, why, whether they answered, and what comes next. */
export function Called({ escalation }: { readonly escalation: ShownEscalation }) {
  const { policyName, pages, nextAt, state, startedAt } = escalation;
  return (
    <li className="work-row" data-testid="escalation">
      <div className="work-what">
        <span className="work-title">{policyName ?? 'Called by hand'}</span>
        <span className="muted work-actions">
          <span>{stateOf(escalation)}</span>
          <Ago at={startedAt} />
        </span>
        {pages.map(({ id, person, because, dueAt, state: answer }) => (
          <span key={id}>
            {person.name}{' '}
            <span className="muted">
              {because}, <Ago at={dueAt} />, {pageWords[answer]}
            </span>
          </span>
        ))}
        {nextAt !== null && state === 'RUNNING' && (
          <span>
            {nextOf(escalation)} <Until at={nextAt} />
          </span>
        )}
      </div>
    </li>
  );
}
