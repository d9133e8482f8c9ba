import { readFileSync } from 'node:fs';
import type { NormalisedAlert } from '@tocsin/schema/domain/alert';
import { sourceKinds } from '@tocsin/schema/domain/source';
import { textLimits } from '@tocsin/schema/domain/text';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { testIntegration, testRequest } from '../integration.fixture.js';
import { sourceNamed, sources } from './registry.js';

/** What every adapter owes, the ones to come included: nothing here names a tool. */
describe.each(Object.values(sources).map((source) => [source.kind, source] as const))(
  'the %s adapter',
  (kind, source) => {
    const read = (what: string): unknown => {
      const parsed: unknown = JSON.parse(readFileSync(new URL(`./${kind}.${what}.json`, import.meta.url), 'utf8'));
      return parsed;
    };
    const integration = testIntegration({ source: kind });
    const parse = (body: unknown) => source.parse(body, integration, testRequest());

    test('is registered under its own name', () => {
      expect(sourceKinds).toContain(kind);
      expect(sourceNamed(kind)).toBe(source);
    });

    test('reads its fixture as expected', () => {
      expect(parse(read('fixture'))).toEqual(read('expected'));
    });

    test('survives any JSON', () => {
      fc.assert(
        fc.property(fc.jsonValue({ maxDepth: 4, stringUnit: 'binary' }), (body) => {
          checkParsed(parse(body));
        }),
        { numRuns: 300 },
      );
    });

    test('survives its fixture with any one value replaced, and accepts only what Postgres stores', () => {
      const fixture = read('fixture');
      const paths = pathsOf(fixture);
      fc.assert(
        fc.property(fc.constantFrom(...paths), fc.oneof(hostile, fc.jsonValue()), (path, value) => {
          checkParsed(parse(replaced(fixture, path, value)));
        }),
        { numRuns: 600 },
      );
    });

    test('is not sunk by nesting of any depth', () => {
      const deep: unknown = JSON.parse('{"a":'.repeat(50_000) + '1' + '}'.repeat(50_000));
      checkParsed(parse(deep));
      checkParsed(parse([deep]));
      checkParsed(parse({ alerts: [deep, { labels: deep, status: 'firing' }, { title: 'x', labels: { deep } }] }));
    });

    function checkParsed(parsed: ReturnType<typeof parse>): void {
      if (!parsed.ok) {
        expect(parsed.message).not.toBe('');
        return;
      }
      parsed.alerts.forEach(checkAlert);
      for (const change of parsed.changes ?? []) {
        expect(change.key).not.toBe('');
        expect(Number.isSafeInteger(change.occurredAt)).toBe(true);
        expectStorable(JSON.stringify(change));
      }
      for (const rejected of parsed.rejected) {
        expect(rejected.message).not.toBe('');
        expectStorable(JSON.stringify(rejected.body) ?? '');
      }
    }
  },
);

function checkAlert(alert: NormalisedAlert): void {
  const { startsAt, endsAt } = alert;
  for (const time of [startsAt, endsAt]) expect(time === null || Number.isSafeInteger(time)).toBe(true);
  if (alert.status === 'firing') expect(endsAt).toBeNull();
  if (startsAt !== null && endsAt !== null) expect(endsAt).toBeGreaterThanOrEqual(startsAt);
  for (const url of [alert.generatorUrl, alert.runbookUrl, ...alert.links.map((link) => link.url)]) {
    if (url !== null) expect(url).toMatch(/^https?:\/\//i);
  }
  expect(alert.fingerprint.length).toBeLessThanOrEqual(255);
  expect(alert.title.length).toBeLessThanOrEqual(textLimits.title);
  expect(alert.title.trim()).not.toBe('');
  expect(Object.values(alert.labels)).not.toContain('');
  expectStorable(JSON.stringify(alert));
}

/** JSON.stringify escapes what jsonb refuses: NUL as \u0000, lone surrogates as \ud8xx. */
function expectStorable(json: string): void {
  expect(json).not.toMatch(/(?<!\\)(\\\\)*\\u(0000|d[89a-f][0-9a-f]{2})/i);
}

const hostile = fc.constantFrom<unknown>(
  'a\0b',
  '\ud800',
  '\udc00\ud800',
  '',
  ' ',
  'javascript:alert(1)',
  '0001-01-01T00:00:00Z',
  '9999-12-31T23:59:59.999999999-12:00',
  '2036-02-30T00:00:00Z',
  'x'.repeat(100_000),
  '😀'.repeat(20_000),
  -1,
  1e308,
  4102444800,
  null,
  true,
  [],
  {},
  [null],
  JSON.parse('{"__proto__":"p","constructor":"c","a\\u0000":"\\ud800"}'),
  Object.fromEntries(Array.from({ length: 1_001 }, (_, i) => [`label${i}`, 'x'])),
  { ['n'.repeat(1_025)]: 'x' },
);

type Path = readonly (string | number)[];

function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const steps: [string | number, unknown][] = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return [path, ...steps.flatMap(([step, item]) => pathsOf(item, [...path, step]))];
}

function replaced(value: unknown, [step, ...rest]: Path, by: unknown): unknown {
  if (step === undefined) return by;
  if (Array.isArray(value)) return value.map((item: unknown, i) => (i === step ? replaced(item, rest, by) : item));
  if (typeof value !== 'object' || value === null) return by;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, name === step ? replaced(item, rest, by) : item]),
  );
}

test('names that every object has are no sources', () => {
  for (const name of ['constructor', '__proto__', 'toString', '']) expect(sourceNamed(name)).toBeNull();
});
