import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useLiveQuery } from '../graphql/useLiveQuery.ts';
import { useMay } from '../session/viewer.ts';
import { Failed, NothingYet, SkeletonRows } from '../ui/states.tsx';
import { counted } from '../ui/words.ts';
import './onCall.css';
import './policy.css';
import { delayWords, targetWords } from './policyDraft.ts';
import { policiesQuery, type PolicyRow } from './policyQueries.ts';

function Policy({ policy }: { readonly policy: PolicyRow }) {
  const { id, name, team, steps, repeatCount, usedBy, pageWhen } = policy;
  return (
    <li className="panel policy">
      <header className="oncall-panel-head">
        <h2>
          <Link to="/on-call/policies/$policy" params={{ policy: id }}>
            {name}
          </Link>
        </h2>
        <span className="muted">
          {team?.name ?? 'no team'}
          {pageWhen !== null && ' · not for every incident'}
        </span>
      </header>
      <ol className="policy-steps">
        {steps.map((step, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- a step is its place, and none moves here
          <li key={index}>
            <b>{delayWords(step.delaySeconds, index === 0)}</b>
            <span>
              {step.mode === 'ROUND_ROBIN' && 'in turn: '}
              {step.targets.map(targetWords).join(', ')}
              {step.condition !== null && (
                <>
                  {' '}
                  <span className="muted">
                    if <code className="mono">{step.condition}</code>
                  </span>
                </>
              )}
            </span>
          </li>
        ))}
      </ol>
      <p className="policy-foot muted">
        {repeatCount === 0 ? 'Not repeated' : `Repeated ${repeatCount === 1 ? 'once' : `${repeatCount} times`}`}
        {' · '}
        {usedBy.length === 0 ? <span className="policy-unused">nothing is under it</span> : usedBy.join(', ')}
      </p>
    </li>
  );
}

/** Who is woken, after how long, and who next. */
export function PoliciesScreen() {
  const { data, error, refetch } = useLiveQuery({ query: policiesQuery, variables: {} });
  const may = useMay();
  if (!data) return error ? <Failed error={error} onRetry={refetch} /> : <SkeletonRows height={96} rows={3} />;
  const policies = data.escalationPolicies;
  return (
    <div className="oncall">
      <header className="oncall-head">
        <Link to="/on-call" className="oncall-link">
          On call
        </Link>
        <h1>Escalation policies</h1>
        <span className="muted">{counted(policies.length, 'policy', 'policies')}</span>
        <div className="oncall-head-do">
          {may('Mutation.saveEscalationPolicy') && (
            <Button
              renderRoot={(props) => <Link to="/on-call/policies/$policy" params={{ policy: 'new' }} {...props} />}
              leftSection={<IconPlus size={16} stroke={2} aria-hidden="true" />}
            >
              New policy
            </Button>
          )}
        </div>
      </header>
      {policies.length === 0 ? (
        <NothingYet title="No policy yet">
          Without an escalation policy nobody is woken: incidents only show here. A team, a service or a rule names the
          policy that its incidents are under.
        </NothingYet>
      ) : (
        <ul className="policies">
          {policies.map((policy) => (
            <Policy key={policy.id} policy={policy} />
          ))}
        </ul>
      )}
    </div>
  );
}
