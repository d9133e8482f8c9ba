import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { applyConfiguration, exportConfiguration } from '@tocsin/server/configurationApply';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiServer, startApi } from '../support/apiServer.js';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';

const command = fileURLToPath(new URL('../../server/dist/configuration.js', import.meta.url));
const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
const document = `
rules:
  - name: Disk full
    match: |-
      labels.alertname == "DiskFull" &&
      severity >= high
    groupBy: [environment, labels.k8s.node.name]
  - name: "Yes: a # title"
    threshold: { count: 3, seconds: 60 }
    isEnabled: false
maintenance:
  - name: Sunday upgrade
    match: service == "db"
    startsAt: 2026-01-04T02:00:00+01:00
    rrule: FREQ=WEEKLY;BYDAY=SU
    timeZone: Europe/Berlin
    durationSeconds: 7200
  - kind: silence
    name: Known
    match: labels.alertname == "Known"
    startsAt: 2026-01-01T00:00:00Z
    endsAt: ${tomorrow}
services:
  - name: checkout
    team: payments
    dependsOn: [db]
  - name: db
    kind: database
    environments: [production]
`;

describe('the configuration as one file', () => {
  let database: TestDatabase;
  let server: ApiServer;
  let folder: string;
  beforeAll(async () => {
    database = await createTestDatabase();
    server = await startApi(database);
    folder = await mkdtemp(join(tmpdir(), 'tocsin-configuration-'));
  });
  afterAll(async () => {
    await server.stop();
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  });

  const apply = (text: string, dryRun = false) =>
    applyConfiguration(database.pool, text, { dryRun, actor: { kind: 'person', name: 'ada' }, now: Date.now() });
  const kinds = (changes: readonly { readonly kind: string; readonly what: string; readonly name: string }[]) =>
    changes.map(({ kind, what, name }) => `${kind} ${what} ${name}`);
  const events = async () => (await database.pool.query<{ n: number }>('select count(*) as n from event')).rows[0]?.n;

  it('shows in a dry run what would change, and changes nothing', async () => {
    const { isApplied, changes } = await apply(document, true);
    expect(isApplied).toBe(false);
    expect(kinds(changes)).toEqual([
      'added rule Disk full',
      'added rule Yes: a # title',
      'added maintenance window Sunday upgrade',
      'added silence Known',
      'added service checkout',
      'added service db',
    ]);
    expect(changes[0]?.diff).toContain('+  severity >= high');
    expect(await exportConfiguration(database.pool)).toMatch(
      /^rules: \[\]\n\nmaintenance: \[\]\n\nservices: \[\]\n\nteams: \[\]\n/,
    );
    expect(await events()).toBe(0);
  });

  it('is applied as a whole, comes out as it is, and applying that changes nothing', async () => {
    expect((await apply(document)).isApplied).toBe(true);
    const exported = await exportConfiguration(database.pool);
    const before = await events();
    expect(await apply(exported)).toEqual({ isApplied: false, changes: [] });
    expect(await apply(document)).toEqual({ isApplied: false, changes: [] });
    expect(await events()).toBe(before);
    expect(await exportConfiguration(database.pool)).toBe(exported);
    expect(exported).toContain('startsAt: 2026-01-04T01:00:00.000Z');
  });

  it('leaves a section alone that the file does not have', async () => {
    expect(await apply('{}')).toEqual({ isApplied: false, changes: [] });
    const { changes } = await apply('services:\n  - name: checkout\n');
    expect(kinds(changes)).toEqual(['changed service checkout', 'removed service db']);
    expect(await exportConfiguration(database.pool)).toContain('id: disk-full');
  });

  it('moves, changes and removes; windows that are no longer in it are ended', async () => {
    const { changes } = await apply(`
rules:
  - { id: yes-a-title, name: "Yes: a # title", threshold: { count: 3, seconds: 90 }, isEnabled: false }
maintenance:
  - { kind: silence, name: Known, match: 'title == "x"', startsAt: 2026-01-01T00:00:00Z, endsAt: ${tomorrow} }
  - { name: Long over, match: "true", startsAt: 2026-01-01T00:00:00Z, endsAt: 2026-01-01T01:00:00Z }
`);
    expect(kinds(changes)).toEqual([
      'changed rule Yes: a # title',
      'removed rule Disk full',
      'changed silence Known',
      'removed maintenance window Sunday upgrade',
    ]);
    const { rows } = await database.pool.query(
      `select name, ended_at is not null as over from maintenance_window order by name`,
    );
    expect(rows).toEqual([
      { name: 'Known', over: false },
      { name: 'Sunday upgrade', over: true },
    ]);
  });

  it.each([
    ['rules: [{ name: a, match: "service ==" }]', 'EXPRESSION_INVALID', 'rules[0].match'],
    ['rules: [{ name: a, window: 5 }]', 'INVALID_INPUT', 'rules[0]'],
    ['rules: [{ name: a, windowSeconds: 0 }]', 'INVALID_INPUT', 'rules[0].windowSeconds'],
    ['rules: {', 'INVALID_INPUT', 'document'],
    ['rulez: []', 'INVALID_INPUT', 'document'],
    ['- a', 'INVALID_INPUT', 'document'],
    ['maintenance: [{ name: a, match: "true", startsAt: soon }]', 'INVALID_INPUT', 'maintenance[0].startsAt'],
    ['services: [{ kind: api }]', 'INVALID_INPUT', 'services'],
    ['services: &a [*a]', 'INVALID_INPUT', 'services'],
  ])('refuses %s with its place, and keeps everything', async (text, code, field) => {
    const before = await exportConfiguration(database.pool);
    const failure = await apply(text).catch((error: unknown) => error);
    expect(failure).toMatchObject({ error: { code, field } });
    expect(await exportConfiguration(database.pool)).toBe(before);
  });

  it('takes everything back when a later section is refused', async () => {
    const before = await exportConfiguration(database.pool);
    await expect(apply('rules: []\nservices: [{ name: a, tier: 99 }]')).rejects.toThrow(/tier/);
    expect(await exportConfiguration(database.pool)).toBe(before);
  });

  it('is the same over GraphQL', async () => {
    const answer = await server.ask('{ exportConfiguration }');
    expect(answer.data?.['exportConfiguration']).toBe(await exportConfiguration(database.pool));
    const mutation = `mutation ($document: String!) { applyConfiguration(document: $document) {
      isApplied changes { kind what name diff } } }`;
    const text = 'rules: []';
    expect((await server.ask(mutation, { document: text })).data?.['applyConfiguration']).toMatchObject({
      isApplied: false,
      changes: [{ kind: 'REMOVED', what: 'rule', name: 'Yes: a # title' }],
    });
    const bad = await server.ask(mutation, { document: 'rules: [{ name: a, match: "oops" }]' });
    expect(bad.errors[0]?.extensions).toMatchObject({ code: 'EXPRESSION_INVALID', field: 'rules[0].match', line: 1 });
  });

  it('is exported and applied by a command', async () => {
    const run = (...args: string[]): Promise<{ readonly code: number; readonly text: string }> =>
      new Promise((resolve) => {
        const env = { ...process.env, DATABASE_URL: database.url };
        execFile(process.execPath, [command, ...args], { env }, (error, stdout) => {
          resolve({ code: typeof error?.code === 'number' ? error.code : 0, text: stdout.trim() });
        });
      });
    const file = join(folder, 'tocsin.yaml');
    expect(await run('export', file)).toEqual({ code: 0, text: `Written to ${file}.` });
    expect(await readFile(file, 'utf8')).toBe(await exportConfiguration(database.pool));
    expect(await run('apply', file)).toEqual({ code: 0, text: 'Nothing to change.' });
    await writeFile(file, 'rules: []');
    expect(await run('apply', file, '--dry-run')).toMatchObject({
      code: 1,
      text: expect.stringMatching(/nothing was applied\.$/),
    });
    expect(await run('apply', file)).toMatchObject({ code: 0, text: expect.stringMatching(/1 change applied\.$/) });
    await writeFile(file, 'rules: [{ name: a, match: "oops" }]');
    expect(await run('apply', file)).toMatchObject({
      code: 2,
      text: expect.stringMatching(/^rules\[0\]\.match, line 1, column 1: There is no/),
    });
    expect(await run('apply')).toMatchObject({ code: 2, text: expect.stringMatching(/^Usage/) });
  });
});
