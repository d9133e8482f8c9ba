import type { ScheduleLayer } from '@tocsin/schema/domain/onCall';
import type { EscalationTarget, PolicyStep } from '@tocsin/schema/domain/policyInput';
import { savePolicy } from '@tocsin/schema/postgres/escalationPolicyWrite';
import type { Pool } from '@tocsin/schema/postgres/pool';
import { saveSchedule } from '@tocsin/schema/postgres/scheduleWrite';
import { createRespond, type Respond } from '@tocsin/server/respond/respond';
import { pino } from 'pino';

const edit = { actor: { kind: 'person', name: 'ada' } as const, now: 0 };

/** Responders with an address each, by handle. */
export async function addPeople(pool: Pool, ...handles: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const { rows } = await pool.query<{ id: number; handle: string }>(
    `insert into person (handle, name, role, email, email_key) select h, initcap(h), 'responder', h || '@example.com', h || '@example.com' from unnest($1::text[]) as h
     returning id, handle`,
    [handles],
  );
  return new Map(rows.map(({ id, handle }) => [handle, id]));
}

export interface PolicyFixture {
  readonly name?: string;
  readonly steps: readonly (Partial<PolicyStep> & { readonly targets: readonly EscalationTarget[] })[];
  readonly repeatCount?: number;
  readonly unacknowledgeSeconds?: number | null;
  readonly pageWhen?: string | null;
}

/** A policy, and the team that it wakes for. */
export async function addPolicy(pool: Pool, team: string, policy: PolicyFixture): Promise<number> {
  const { name = `${team} policy`, repeatCount = 0, unacknowledgeSeconds = null, pageWhen = null } = policy;
  const steps = policy.steps.map((step) => ({ delaySeconds: 0, mode: 'all' as const, condition: null, ...step }));
  const input = { id: null, name, team: null, repeatCount, unacknowledgeSeconds, pageWhen, steps };
  const { id } = await savePolicy(pool, input, null, edit);
  await pool.query(
    `insert into team (name, name_key, escalation_policy_id) values ($1, lower($1), $2)
     on conflict (name_key) do update set escalation_policy_id = excluded.escalation_policy_id`,
    [team, id],
  );
  return id;
}

export async function addSchedule(
  pool: Pool,
  name: string,
  timeZone: string,
  ...layers: readonly Partial<ScheduleLayer>[]
): Promise<number> {
  const whole = layers.map((layer, index) => ({
    name: `layer ${index + 1}`,
    startsOn: '2026-01-01',
    endsOn: null,
    handoffMinute: 0,
    turnUnit: 'day' as const,
    turnLength: 1,
    members: [],
    restrictions: [],
    ...layer,
  }));
  return (await saveSchedule(pool, { id: null, name, team: null, timeZone, layers: whole }, null, edit)).id;
}

/** The part that acts for people, on a clock that the test moves. It runs only when the test says so. */
export function respondOn(databaseUrl: string, now: () => number, smtpUrl: string | null = null): Respond {
  return createRespond({
    databaseUrl,
    now,
    sealer: null,
    dashboardUrl: () => 'https://tocsin.example.com',
    smtpUrl,
    mailFrom: 'Tocsin <tocsin@example.com>',
    logger: pino({ level: 'silent' }),
  });
}

/** Every page that was made, in order: who, in which step of which round, and how many seconds after `start` it was due. */
export async function pagesSince(pool: Pool, start: number): Promise<readonly string[]> {
  const { rows } = await pool.query<{ text: string; due_at: number }>(
    `select handle || ' ' || round || '/' || step as text, due_at from page g join person p on p.id = g.person_id order by due_at, handle`,
  );
  return rows.map(({ text, due_at: dueAt }) => `${Math.round((dueAt - start) / 1_000)} ${text}`);
}

export async function eventsOfKind(pool: Pool, kind: string): Promise<readonly Record<string, unknown>[]> {
  const { rows } = await pool.query<{ data: Record<string, unknown> }>(
    'select data from event where kind = $1 order by position',
    [kind],
  );
  return rows.map(({ data }) => data);
}
