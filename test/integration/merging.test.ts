import { autoResolveJob } from '@tocsin/ingest/jobs/autoResolve';
import { createTimerWorker } from '@tocsin/schema/runtime/timerWorker';
import { createIncident, executeCommand } from '@tocsin/schema/postgres/incidentCommands';
import { mergeIncidents } from '@tocsin/schema/postgres/incidentMerge';
import { splitIncident } from '@tocsin/schema/postgres/incidentSplit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtInConfiguration } from '../support/builtInConfiguration.js';
import { alertmanagerBody } from '../support/alertmanagerBody.js';
import { startIngest, type IngestHarness } from '../support/ingestHarness.js';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';

const ada = { kind: 'person', name: 'ada' } as const;
const minute = 60_000;
const base = Date.parse('2026-04-01T10:00:00Z');

describe('merging and splitting', () => {
  let database: TestDatabase;
  let ingest: IngestHarness;
  beforeAll(async () => {
    database = await createTestDatabase();
    ingest = await startIngest(database);
  });
  afterAll(async () => {
    await ingest.stop();
    await database.drop();
  });

  /** Sends one alert and returns the incident it went to; minutes count from the test's own base. */
  async function send(service: string, name: string, from: number, to?: number): Promise<number> {
    const at = (minutes: number): string => new Date(base + minutes * minute).toISOString();
    const labels = { alertname: name, service, severity: 'warning' };
    const sent = { labels, startsAt: at(from), ...(to === undefined ? {} : { endsAt: at(to) }) };
    expect((await ingest.post('/webhooks/alertmanager', alertmanagerBody(sent))).status).toBe(200);
    const { rows } = await database.pool.query<{ incident_id: number }>(
      `select incident_id from alert where service = $1 and labels->>'alertname' = $2 order by id desc limit 1`,
      [service, name],
    );
    return rows[0]?.incident_id ?? 0;
  }

  it('gives the group back to the older incident that its newer one went into', async () => {
    const older = await send('x', 'First', -40);
    const newer = await send('x', 'Second', 0);
    expect(newer).not.toBe(older);
    await mergeIncidents(database.pool, [newer], older, ada, Date.now());
    expect(await send('x', 'Third', 1)).toBe(older);
  });

  it('leaves the target its own group when an alert of the other finds it too old', async () => {
    const a = await send('a', 'First', -40);
    const b = await send('b', 'First', -40);
    await mergeIncidents(database.pool, [a], b, ada, Date.now());
    expect(await send('a', 'Second', 0)).not.toBe(b);
    expect(await send('b', 'Second', -35)).toBe(b);
  });

  it('lets an incident resolve by itself after quiet alerts were merged into it', async () => {
    const source = await send('quiet', 'Gone', 0);
    await send('quiet', 'Gone', 0, 1);
    const report = {
      title: 'Reported by hand',
      description: null,
      severity: 'high',
      type: 'operational',
      services: [],
      environment: null,
      team: null,
      impactStartedAt: Date.now(),
    } as const;
    const target = await createIncident(database.pool, report, ada, Date.now());
    await mergeIncidents(database.pool, [source], target.id, ada, Date.now());
    let now = Date.now();
    const timers = createTimerWorker({
      pool: database.pool,
      jobs: new Map([
        [
          'incident.autoResolve',
          autoResolveJob(
            database.pool,
            () => now,
            () => builtInConfiguration,
          ),
        ],
      ]),
      now: () => now,
      onError: (error) => {
        throw error;
      },
    });
    const phase = async (): Promise<string | undefined> => {
      const sql = 'select phase from incident where id = $1';
      const { rows } = await database.pool.query<{ phase: string }>(sql, [target.id]);
      return rows[0]?.phase;
    };
    await timers.runDue();
    expect(await phase()).toBe('detected');
    now += 121_000;
    await timers.runDue();
    expect(await phase()).toBe('resolved');
  });

  it('dates what was done for the whole not before the part was there', async () => {
    const whole = await send('parts', 'First', 0);
    await executeCommand(database.pool, whole, { type: 'acknowledge' }, ada, Date.now() - minute, null);
    await send('parts', 'Second', 1);
    const { rows } = await database.pool.query<{ id: number }>(
      `select id from alert where service = 'parts' and labels->>'alertname' = 'Second'`,
    );
    const part = await splitIncident(database.pool, whole, [rows[0]?.id ?? 0], null, ada, Date.now());
    expect(part.acknowledgedAt).toBeGreaterThanOrEqual(part.openedAt);
  });

  it('counts a person’s reopen of what nobody had acknowledged as the acknowledge', async () => {
    const id = await send('again', 'Once', 0);
    await executeCommand(database.pool, id, { type: 'resolve' }, ada, Date.now(), null);
    const reopened = await executeCommand(database.pool, id, { type: 'reopen' }, ada, Date.now(), null);
    expect(reopened).toMatchObject({ phase: 'acknowledged', acknowledgedBy: 'ada', acknowledgedSeverity: 'medium' });
  });
});
