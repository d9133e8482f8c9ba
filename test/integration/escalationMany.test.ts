import { createTimerWorker } from '@tocsin/schema/runtime/timerWorker';
import { stepJob } from '@tocsin/server/respond/escalation/step';
import { expect, it } from 'vitest';
import { addIncident } from '../support/fixtures.js';
import { addPeople } from '../support/onCall.js';
import { createTestDatabase } from '../support/testDatabase.js';

const count = 10_000;

it(
  `takes ${count} steps that fall due in the same second, each once, by two workers`,
  { timeout: 120_000 },
  async () => {
    const database = await createTestDatabase();
    const { pool } = database;
    try {
      const now = Date.now();
      const people = await addPeople(pool, 'ann', 'ben');
      const { id } = await addIncident(pool);
      const policy = {
        name: 'p',
        repeatCount: 0,
        unacknowledgeSeconds: null,
        pageWhen: null,
        timeZone: 'UTC',
        steps: ['ann', 'ben'].map((handle, index) => ({
          id: index + 1,
          delaySeconds: index * 300,
          mode: 'all',
          condition: null,
          targets: [{ kind: 'person', id: people.get(handle) }],
        })),
      };
      await pool.query(
        `insert into incident overriding system value select (jsonb_populate_record(i, jsonb_build_object('id', i.id + n))).*
         from incident i, generate_series(1, $2::int) as n where i.id = $1`,
        [id, count],
      );
      await pool.query(
        `with begun as (
         insert into escalation (incident_id, policy, state, reason, started_by, started_at, next_at)
         select id, $1::jsonb, 'running', 'opened', 'test', $2::timestamptz, $2::timestamptz from incident where id > $3
         returning id)
       insert into timer (kind, key, due_at, data)
       select 'escalation.step', id, $2::timestamptz, jsonb_build_object('previousDueAt', $4::float8) from begun`,
        [JSON.stringify(policy), new Date(now).toISOString(), id, now],
      );
      const failures: unknown[] = [];
      const worker = () =>
        createTimerWorker({
          pool,
          now: () => now,
          jobs: new Map(),
          batchJobs: new Map([['escalation.step', stepJob({ pool, now: () => now })]]),
          onError: (error) => void failures.push(error),
        });
      const ran = await Promise.all(
        [worker(), worker()].map(async ({ runDue }) => {
          let total = 0;
          for (let some = await runDue(); some > 0; some = await runDue()) total += some;
          return total;
        }),
      );
      expect(failures).toEqual([]);
      expect(ran.reduce((sum, each) => sum + each, 0)).toBe(count);
      const { rows } = await pool.query(
        `select (select count(*)::int from page) as pages, (select count(distinct incident_id)::int from page) as incidents,
              (select count(*)::int from event where kind = 'incident.escalated') as escalated,
              (select count(*)::int from notification) as messages,
              (select count(*)::int from timer where kind = 'escalation.step' and due_at = $1::timestamptz) as next`,
        [new Date(now + 300_000).toISOString()],
      );
      expect(rows).toEqual([{ pages: count, incidents: count, escalated: count, messages: count, next: count }]);
    } finally {
      await database.drop();
    }
  },
);
