import { Link } from '@tanstack/react-router';
import { useLiveQuery } from '../graphql/useLiveQuery.ts';
import { humanDuration } from '../ui/duration.ts';
import { counted } from '../ui/words.ts';
import { type AlertDetails, heldBackRuleQuery } from './alertDetailQueries.ts';

interface Waits {
  readonly thresholdCount: number | null;
  readonly thresholdSeconds: number | null;
  readonly holdSeconds: number;
}

/** "3 alerts of its group within 10 min", "something of its group still to fire after 5 min". */
function waitsFor({ thresholdCount, thresholdSeconds, holdSeconds }: Waits): string {
  const many =
    thresholdCount !== null &&
    `${counted(thresholdCount, 'alert')} of its group${thresholdSeconds === null ? '' : ` within ${humanDuration(thresholdSeconds)}`}`;
  const long = holdSeconds > 0 && `something of its group still to fire after ${humanDuration(holdSeconds)}`;
  return [many, long].filter((part) => part !== false).join(', and for ');
}

/** It fires, but its rule opens nothing yet: what it waits for, in the version that decided. */
export function HeldBack({ explanation }: { readonly explanation: NonNullable<AlertDetails['explanation']> }) {
  const { ruleId, ruleVersion } = explanation;
  const { data } = useLiveQuery({ query: heldBackRuleQuery, variables: { version: ruleVersion } });
  const rule = data?.ruleSet.rules.find(({ id }) => id === ruleId);
  const waits = rule ? waitsFor(rule) : '';
  return (
    <p className="muted" data-testid="held-back">
      Held back by{' '}
      <Link to="/rules" search={{ rule: ruleId }}>
        {rule?.name ?? ruleId}
      </Link>
      {waits && <>: it waits for {waits}</>}. It belongs to no incident yet.
    </p>
  );
}
