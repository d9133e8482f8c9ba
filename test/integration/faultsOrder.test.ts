import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alertmanagerBody, type SentAlert } from '../support/alertmanagerBody.js';
import { startIngest, type IngestHarness } from '../support/ingestHarness.js';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';

const minute = 60_000;
const base = Date.parse('2026-11-02T07:00:00Z');
const at = (minutes: number): string => new Date(base + minutes * minute).toISOString();

/** One episode of each condition, all within the window; some have ended. Which service says where each belongs. */
const conditions = [
  { name: 'A', service: 'checkout', from: 0 },
  { name: 'B', service: 'checkout', from: 3, to: 9 },
  { name: 'C', service: 'checkout', from: 5 },
  { name: 'D', service: 'search', from: 1, to: 8 },
  { name: 'E', service: 'search', from: 2 },
  { name: 'F', service: 'mail', from: 4, to: 6 },
] as const;

type Step = { readonly condition: number; readonly isEnd: boolean };
/** The deliveries of the story as it happened: every start, then every end. */
const story: readonly Step[] = [
  ...conditions.map((_, condition) => ({ condition, isEnd: false })),
  ...conditions.flatMap((each, condition) => ('to' in each ? [{ condition, isEnd: true }] : [])),
];

/**
 * Any number of copies of each delivery over two processes, in any order but that no end comes before its own first
 * start: an end that comes first means, by the table of the domain, an alert that was never seen.
 */
const interleavings = fc
  .tuple(
    fc.shuffledSubarray([...story], { minLength: story.length }),
    fc.array(fc.record({ step: fc.constantFrom(...story), at: fc.nat(40) }), { maxLength: 12 }),
    fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }),
    fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 40, maxLength: 40 }),
  )
  .map(([order, copies, processes, sizes]) => {
    const steps = [...order];
    for (const copy of copies) steps.splice(copy.at % (steps.length + 1), 0, copy.step);
    const seen = new Set<number>();
    const legal = steps.map((step) => {
      if (!step.isEnd || seen.has(step.condition)) {
        if (!step.isEnd) seen.add(step.condition);
        return step;
      }
      seen.add(step.condition);
      return { ...step, isEnd: false };
    });
    for (const step of story)
      if (step.isEnd && !legal.some((s) => s.isEnd && s.condition === step.condition)) legal.push(step);
    return { steps: legal, processes, sizes };
  });

describe('the same deliveries in any order, any number of times, over two processes', () => {
  let database: TestDatabase;
  let first: IngestHarness;
  let second: IngestHarness;
  let run = 0;
  beforeAll(async () => {
    database = await createTestDatabase();
    first = await startIngest(database, { now: () => base + 30 * minute });
    second = await startIngest(database, { now: () => base + 30 * minute });
  });
  afterAll(async () => {
    await Promise.all([first.stop(), second.stop()]);
    await database.drop();
  });

  /** Each run has an environment of its own. */
  const sent = ({ condition, isEnd }: Step, env: string): SentAlert => {
    const each = conditions[condition] ?? conditions[0];
    return {
      labels: { alertname: each.name, service: each.service, env },
      startsAt: at(each.from),
      ...(isEnd && 'to' in each ? { endsAt: at(each.to) } : {}),
    };
  };
  const send = async (process: IngestHarness, steps: readonly Step[], env: string): Promise<void> => {
    const body = alertmanagerBody(...steps.map((step) => sent(step, env)));
    expect((await process.post('/webhooks/alertmanager', body, first.secret)).status).toBe(200);
  };
  /** Which alerts there are, whether they are open, when they ended, and which share an incident. */
  async function outcome(env: string): Promise<object> {
    const { rows } = await database.pool.query<{ title: string; ends_at: number | null; incident_id: number }>(
      'select title, ends_at, incident_id from alert where environment = $1 order by title, id',
      [env],
    );
    const groups = new Map<number, string[]>();
    for (const row of rows) groups.set(row.incident_id, [...(groups.get(row.incident_id) ?? []), row.title]);
    return {
      alerts: rows.map(({ title, ends_at }) => [title, ends_at]),
      incidents: [...groups.values()].map((titles) => titles.join('')).toSorted(),
    };
  }

  it('are the same alerts, open or closed, in the same incidents as in order in one', async () => {
    await send(first, story, 'in-order');
    const expected = await outcome('in-order');
    expect(expected).toMatchObject({ incidents: ['ABC', 'DE', 'F'] });
    await fc.assert(
      fc.asyncProperty(interleavings, async ({ steps, processes, sizes }) => {
        const env = `run-${run++}`;
        const requests: Promise<void>[] = [];
        let lastRequest = 0;
        for (let i = 0; i < steps.length;) {
          const size = sizes[requests.length] ?? 1;
          const process = processes[requests.length] === true ? first : second;
          const part = steps.slice(i, i + size);
          // An end waits for the requests before it, which hold its start; everything else overlaps.
          if (part.some((step) => step.isEnd)) {
            await Promise.all(requests.slice(lastRequest));
            lastRequest = requests.length;
          }
          requests.push(send(process, part, env));
          i += size;
        }
        await Promise.all(requests);
        expect(await outcome(env)).toEqual(expected);
      }),
      { numRuns: 25 },
    );
  });
});
