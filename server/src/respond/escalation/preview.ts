import { type RunningPolicy, targetsOf } from '@tocsin/schema/domain/escalation';
import type { IncidentFacts } from '@tocsin/schema/domain/expressionIncident';
import type { Severity } from '@tocsin/schema/domain/severity';
import { turnsTaken } from '@tocsin/schema/postgres/escalation';
import { isMetBy } from '@tocsin/schema/postgres/escalationStart';
import { type Called, calledBy } from '@tocsin/schema/postgres/escalationTargets';
import type { Queryable } from '@tocsin/schema/postgres/pool';

interface PreviewedStep {
  /** From 0. */
  readonly step: number;
  readonly afterSeconds: number;
  readonly called: Called | null;
  readonly skippedBecause: string | null;
}

/** Who a policy would call for an incident that opened at an instant, epoch milliseconds, if nobody answered: its first round. */
export async function previewPolicy(
  db: Queryable,
  policy: RunningPolicy,
  facts: IncidentFacts,
  at: number,
): Promise<readonly PreviewedStep[]> {
  const isMet = isMetBy(policy, facts);
  const isPaged = policy.pageWhen === null || isMet(policy.pageWhen, at);
  let afterSeconds = 0;
  const planned = policy.steps.map((step) => {
    const due = afterSeconds + step.delaySeconds;
    const isTaken = isPaged && (step.condition === null || isMet(step.condition, at + due * 1_000));
    if (isTaken) afterSeconds = due;
    return { step, due, isTaken };
  });
  const turns = await turnsTaken(
    db,
    planned.map(({ step }) => step.id),
  );
  const called = await calledBy(
    db,
    planned.map(({ step, due }) => ({ alternatives: targetsOf(step, turns.get(step.id) ?? 0), at: at + due * 1_000 })),
  );
  const why = isPaged ? 'its condition does not hold then' : 'the policy only records such incidents';
  return planned.map(({ due, isTaken }, index) => ({
    step: index,
    afterSeconds: due,
    called: isTaken ? (called[index] ?? null) : null,
    skippedBecause: isTaken ? null : why,
  }));
}

/** An incident that is not there yet. */
export function imaginedIncident(service: string | null, severity: Severity): IncidentFacts {
  return {
    title: '',
    type: 'operational',
    severity,
    priority: 3,
    phase: 'detected',
    status: 'detected',
    services: service === null ? [] : [service],
    service: service ?? '',
    environment: '',
    team: '',
    assignee: '',
    reporter: '',
    source: '',
    tags: [],
    labels: {},
    fields: {},
    isRestricted: false,
  };
}
