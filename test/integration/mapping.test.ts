import { noOutcome } from '@tocsin/ingest/arrival';
import { keepingBodies } from '@tocsin/ingest/recentBodies';
import { sources } from '@tocsin/ingest/sources/registry';
import type { SourceKind } from '@tocsin/schema/domain/source';
import { loadIntegrations } from '@tocsin/schema/postgres/integration';
import { createIntegration } from '@tocsin/schema/postgres/integrationSecret';
import { keepRecentBody, recentBodiesOf } from '@tocsin/schema/postgres/recentBody';
import { snippetsOf } from '@tocsin/server/resolvers/snippets';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiServer, startApi } from '../support/apiServer.js';
import { type IngestHarness, startIngest } from '../support/ingestHarness.js';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';

let database: TestDatabase;
let server: ApiServer;
let ingest: IngestHarness;
let clock = Date.parse('2026-11-20T09:00:00Z');
beforeAll(async () => {
  database = await createTestDatabase();
  server = await startApi(database);
  ingest = await startIngest(database, { source: 'generic', now: () => clock });
});
afterAll(async () => {
  await ingest.stop();
  await server.stop();
  await database.drop();
});

async function ask(query: string, variables: Readonly<Record<string, unknown>> = {}) {
  const { data, errors } = await server.ask(query, { id: String(ingest.integrationId), ...variables });
  return { data, error: errors[0]?.extensions };
}
const save = (mapping: readonly object[], id = String(ingest.integrationId)) =>
  ask(
    'mutation ($id: ID!, $mapping: [FieldMappingInput!]!) { saveMapping(integrationId: $id, mapping: $mapping) { mapping { field expression } } }',
    { id, mapping },
  );
const preview = (mapping: readonly object[], body: string) =>
  ask(
    `query ($id: ID!, $mapping: [FieldMappingInput!]!, $body: String!) {
       previewMapping(integrationId: $id, mapping: $mapping, body: $body) {
         errors { field message line column }
         alert { title status severity service environment fingerprint summary startsAt labels { name value } }
       }
     }`,
    { mapping, body },
  );
async function addIntegration(source: SourceKind): Promise<number> {
  const nothing = { team: null, environment: null, staleAfterSeconds: null, staleAction: null };
  const lists = { ignoreLabels: null, volatileAnnotations: null };
  return (await createIntegration(database.pool, { name: source, source, ...nothing, ...lists })).id;
}

const mapping = [
  { field: 'TITLE', expression: 'body.check.name' },
  { field: 'STATUS', expression: 'body.check.ok ? "ok" : "firing"' },
  { field: 'FINGERPRINT', expression: 'body.check.name' },
  { field: 'LABELS', expression: '{"service": body.of}' },
];
const body = { check: { name: 'Brake', ok: false }, of: 'cranes' };

describe('a mapping', () => {
  it('can be previewed without storing anything', async () => {
    const { data } = await preview(mapping, JSON.stringify(body));
    expect(data?.['previewMapping']).toEqual({
      errors: [],
      alert: {
        title: 'Brake',
        status: 'FIRING',
        severity: 'MEDIUM',
        service: 'cranes',
        environment: null,
        fingerprint: 'Brake',
        summary: null,
        startsAt: null,
        labels: [{ name: 'service', value: 'cranes' }],
      },
    });
    const { rowCount } = await database.pool.query('select 1 from alert');
    expect(rowCount).toBe(0);
  });

  it('whose expressions are wrong is told so in the preview and refused when saved', async () => {
    const wrong = [...mapping.slice(0, 1), { field: 'SEVERITY', expression: 'body.level >\n' }];
    expect((await preview(wrong, '{}')).data?.['previewMapping']).toMatchObject({
      errors: [{ field: 'SEVERITY', line: expect.any(Number), column: expect.any(Number) }],
      alert: null,
    });
    expect((await save(wrong)).error).toMatchObject({ code: 'EXPRESSION_INVALID', field: 'mapping[1].expression' });
    expect((await save([mapping[0], mapping[0]].flatMap((each) => each ?? []))).error).toMatchObject({
      code: 'INVALID_INPUT',
      field: 'mapping[1].field',
    });
  });

  it('is refused where the format is known, and a body that is no JSON too', async () => {
    const signoz = await addIntegration('signoz');
    expect((await save(mapping, String(signoz))).error).toMatchObject({
      code: 'INVALID_INPUT',
      field: 'integrationId',
    });
    expect((await save(mapping, '999999')).error).toMatchObject({ code: 'NOT_FOUND' });
    expect((await preview(mapping, '{')).error).toMatchObject({ code: 'INVALID_INPUT', field: 'body' });
  });

  it('counts, once saved, for what is sent after it', async () => {
    expect((await ingest.post('/webhooks/generic', body)).status).toBe(400);
    expect((await save(mapping)).data).toEqual({ saveMapping: { mapping } });
    // The receiving side knows an integration for two seconds.
    clock += 3_000;
    expect(await ingest.post('/webhooks/generic', body)).toMatchObject({ status: 200, body: { opened: 1 } });
    const closed = { ...body, check: { ...body.check, ok: true } };
    expect(await ingest.post('/webhooks/generic', closed)).toMatchObject({ status: 200, body: { resolved: 1 } });
    const { rows } = await database.pool.query('select title, fingerprint, service from alert');
    expect(rows).toEqual([{ title: 'Brake', fingerprint: 'Brake', service: 'cranes' }]);
  });
});

describe('recent bodies', () => {
  it('are the last five, newest first', async () => {
    const id = await addIntegration('generic');
    for (let i = 1; i <= 8; i++) await keepRecentBody(database.pool, id, clock + i, Buffer.from(`{"n":${i}}`));
    const { data } = await ask('query ($id: ID!) { integration(id: $id) { recentBodies { receivedAt body } } }', {
      id: String(id),
    });
    const found = data?.['integration'] as { recentBodies: { body: string }[] };
    expect(found.recentBodies.map((each) => each.body)).toEqual([8, 7, 6, 5, 4].map((n) => `{"n":${n}}`));
    const { rowCount } = await database.pool.query('select 1 from recent_body where integration_id = $1', [id]);
    expect(rowCount).toBe(5);
  });

  it('are kept of what has no format of its own, refused or not, and a few of many', async () => {
    const [generic] = await loadIntegrations(database.pool, [await addIntegration('generic')]);
    if (generic === undefined) throw new Error('no integration');
    const failures: unknown[] = [];
    const nobody = { alerts: [], rejected: [], malformed: { message: 'x', path: null }, contentType: null };
    const submit = keepingBodies(
      async () => ({ ...noOutcome, deadLettered: 1 }),
      database.pool,
      (error) => failures.push(error),
    );
    const send = (source: SourceKind, sent: Buffer, receivedAt = clock) =>
      submit({ ...nobody, id: 'a', integration: generic, source, receivedAt, body: sent });
    await send('signoz', Buffer.from('{"of":"signoz"}'));
    await send('generic', Buffer.alloc(70_000, 0x20));
    for (let i = 0; i < 50; i++) await send('generic', Buffer.from(`{"n":${i},"nul":"\0"}`));
    await expect.poll(async () => (await recentBodiesOf(database.pool, [generic.id])).length).toBe(5);
    await send('generic', Buffer.from('{"n":"later"}'), clock + 60_000);
    await expect.poll(async () => (await recentBodiesOf(database.pool, [generic.id]))[0]?.body).toBe('{"n":"later"}');
    const kept = (await recentBodiesOf(database.pool, [generic.id])).map((each) => each.body);
    expect(kept.slice(1)).toEqual([4, 3, 2, 1].map((n) => `{"n":${n},"nul":"\uFFFD"}`));
    expect(failures).toEqual([]);
  });
});

describe('the snippets', () => {
  const kinds = Object.keys(sources).filter((kind): kind is SourceKind => kind in sources);

  it.each(kinds)('of %s say where to send and where the secret goes', (kind) => {
    const all = snippetsOf(kind, 'https://alerts.example.com');
    expect(all.map(({ code, explanation }) => code + explanation).join()).toContain('{{secret}}');
    expect(all.map(({ code, explanation }) => code + explanation).join()).toContain('alerts.example.com');
  });

  it('of Datadog hold a template that is understood once it is filled in', async () => {
    const [integration] = await loadIntegrations(database.pool, [await addIntegration('datadog')]);
    const template = snippetsOf('datadog', 'https://a.example').find(({ language }) => language === 'json')?.code ?? '';
    const values: Readonly<Record<string, string>> = {
      ALERT_CYCLE_KEY: 'cycle-1',
      ALERT_TRANSITION: 'Triggered',
      ALERT_TITLE: 'Disk is full',
      TAGS: 'env:production,service:billing',
      ALERT_PRIORITY: 'P1',
    };
    const filled = template.replaceAll(/\$([A-Z_]+)/g, (_, name: string) => values[name] ?? '');
    if (integration === undefined) throw new Error('no integration');
    const request = { receivedAt: clock, headers: {}, contentType: 'application/json' };
    expect(sources.datadog.parse(JSON.parse(filled), integration, request)).toMatchObject({
      alerts: [
        {
          fingerprint: 'cycle-1',
          title: 'Disk is full',
          severity: 'critical',
          service: 'billing',
          environment: 'production',
        },
      ],
    });
  });
});
