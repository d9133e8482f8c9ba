import type { SourceKind } from '@tocsin/schema/domain/source';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { alertmanagerBody } from '../support/alertmanagerBody.js';
import { addSender, startProduct, type Product } from '../support/product.js';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';

const minute = 60_000;

const poisoned: readonly (readonly [SourceKind, path: string, body: (startsAt: string) => unknown])[] = [
  [
    'alertmanager',
    '/webhooks/alertmanager',
    (startsAt) =>
      alertmanagerBody({
        labels: { alertname: 'Poison', service: 'api', severity: 'critical', prometheus_replica: 'a' },
        annotations: { summary: 'Poison', runbook_url: 'https://runbooks.example/p' },
        startsAt,
      }),
  ],
  [
    'signoz',
    '/webhooks/signoz',
    (startsAt) =>
      alertmanagerBody({
        labels: {
          alertname: 'Poison',
          'service.name': 'api',
          severity: 'critical',
          ruleId: '7',
          threshold: 'critical',
        },
        annotations: { summary: 'Poison', related_logs: 'https://signoz.example/logs' },
        startsAt,
      }),
  ],
  [
    'prometheus',
    '/api/v2/alerts',
    (startsAt) => [
      {
        labels: { alertname: 'Poison', service: 'api', severity: 'critical' },
        annotations: { summary: 'Poison' },
        startsAt,
      },
    ],
  ],
  [
    'generic',
    '/webhooks/generic',
    (startsAt) => ({
      title: 'Poison',
      service: 'api',
      environment: 'production',
      severity: 'high',
      dedupKey: 'my-own-key',
      url: 'https://tool.example/1',
      description: 'What happened',
      startsAt,
    }),
  ],
];

describe('a dead letter', () => {
  let database: TestDatabase;
  let product: Product;
  let now: number;
  beforeEach(async () => {
    database = await createTestDatabase();
    // What people ask for is due by the real clock.
    now = Date.now() + minute;
    product = await startProduct(database.url, { now: () => now, isStarted: false });
  });
  afterEach(async () => {
    await product.stop();
    await database.drop();
  });

  const rows = async <T extends object>(sql: string, values: unknown[] = []): Promise<readonly T[]> =>
    (await database.pool.query<T>(sql, values)).rows;
  const iso = (ms: number): string => new Date(ms).toISOString();

  it.each(poisoned)(
    'of %s is replayed as what it was once its reason is mended, and not doubled before',
    async (source, path, body) => {
      const { secret: own, id } = await addSender(database.pool, source);
      await rows(`alter table alert add constraint poison check (title <> 'Poison')`);
      const sent = body(iso(now));
      expect((await product.post(path, sent, own)).status).toBeLessThan(500);
      const letters = await rows<{ id: number; code: string }>('select id, code from dead_letter');
      expect(letters).toMatchObject([{ code: 'NOT_STORED' }]);
      const replay = async (): Promise<void> => {
        const answer = await product.graphql('mutation ($id: ID!) { replayDeadLetter(id: $id) }', {
          id: letters[0]?.id,
        });
        expect(answer.data).toEqual({ replayDeadLetter: true });
        now += minute;
        while ((await product.ingest.timers.runDue()) > 0);
      };
      await replay();
      expect(await rows(`select 1 from alert`)).toEqual([]);
      const still = await rows<{ replay_error: string | null }>('select replay_error from dead_letter order by id');
      expect(still).toHaveLength(1);
      expect(still[0]?.replay_error).toBe('Postgres still refuses it.');

      await rows('alter table alert drop constraint poison');
      await replay();
      const replayed = await rows<object>(
        `select fingerprint, severity, sender_severity, title, summary, description, service, environment, labels,
              annotations, starts_at, generator_url, runbook_url, links, group_key, integration_id from alert`,
      );
      expect(await rows('select replay_error from dead_letter')).toEqual([{ replay_error: null }]);
      // The same alert from the sender is a repeat of it, and what is stored is what would have been.
      expect((await product.post(path, sent, own)).status).toBe(200);
      expect(await rows('select received_count from alert')).toEqual([{ received_count: 2 }]);
      expect(await rows(`select 1 from event where kind = 'alert.changed'`)).toEqual([]);
      const other = await createTestDatabase();
      const fresh = await startProduct(other.url, { now: () => now, isStarted: false });
      const { secret: theirs } = await addSender(other.pool, source);
      await fresh.post(path, sent, theirs);
      const { rows: direct } = await other.pool.query<object>(
        `select fingerprint, severity, sender_severity, title, summary, description, service, environment, labels,
              annotations, starts_at, generator_url, runbook_url, links, group_key from alert`,
      );
      expect(replayed).toEqual(direct.map((row) => ({ ...row, integration_id: id })));
      await fresh.stop();
      await other.drop();
    },
  );

  it('that is still not understood keeps its reason, and one whose adapter was mended goes through', async () => {
    const { secret } = await addSender(database.pool);
    const bad = { status: 'firing', labels: { alertname: 'Odd' }, startsAt: 'yesterday' };
    const sent = { version: '4', alerts: [bad, { ...bad, startsAt: iso(now) }] };
    expect((await product.post('/webhooks/alertmanager', sent, secret)).body).toMatchObject({
      opened: 1,
      deadLettered: 1,
    });
    await product.graphql('mutation { replayDeadLetter(id: "1") }');
    while ((await product.ingest.timers.runDue()) > 0);
    const [letter, ...others] = await rows<{ replay_error: string }>('select replay_error from dead_letter');
    expect(letter?.replay_error).toContain('startsAt: expected a time');
    expect(others).toEqual([]);
    // As if the adapter read it now.
    await rows(
      `update dead_letter set body = convert_to(replace(convert_from(body, 'UTF8'), 'yesterday', $1), 'UTF8')`,
      [iso(now)],
    );
    await product.graphql('mutation { replayDeadLetter(id: "1") }');
    now += minute;
    while ((await product.ingest.timers.runDue()) > 0);
    expect(await rows('select replay_error from dead_letter')).toEqual([{ replay_error: null }]);
    expect(await rows('select received_count from alert')).toEqual([{ received_count: 2 }]);
  });
});
