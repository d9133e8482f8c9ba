import { describe, expect, test } from 'vitest';
import { checkMapping, mappedDraft, mappedElements, type FieldMapping } from './mapping.js';
import { previewMapping } from './mappingPreview.js';
import { defaultIgnoreLabels, type Integration } from './source.js';

const now = Date.parse('2026-11-20T09:00:00Z');
const integration: Integration = {
  id: 1,
  name: 'quay',
  source: 'generic',
  team: null,
  environment: null,
  ignoreLabels: defaultIgnoreLabels,
  volatileAnnotations: [],
  labelAliases: [],
  mapping: [],
  staleAfterSeconds: 3600,
  staleAction: 'keep',
  heartbeatSeconds: null,
  reconcileUrl: null,
  topics: [],
  hasSigningSecret: false,
  createdAt: now,
  firstReceivedAt: null,
  lastReceivedAt: null,
};
const mappingOf = (fields: Partial<Record<FieldMapping['field'], string>>): FieldMapping[] =>
  Object.entries(fields).map(([field, expression]) => ({ field: field as FieldMapping['field'], expression }));

function alertOf(body: unknown, fields: Partial<Record<FieldMapping['field'], string>>) {
  const { errors, alert } = previewMapping(body, mappingOf(fields), integration, now);
  expect(errors).toEqual([]);
  return alert;
}

const body = {
  check: { name: 'Crane brake', level: 3, failing: true, at: 1795163400 },
  where: [{ site: 'east' }, { site: 'west' }],
  tags: ['crane:4', 'shift=night'],
  id: 'e-77',
};

describe('a mapping', () => {
  test('finds fields where they stand', () => {
    const alert = alertOf(body, {
      title: 'body.check.name + " at " + body.where[0].site',
      status: 'body.check.failing',
      severity: 'body.check.level > 2 ? "critical" : "low"',
      fingerprint: 'body.check.name',
      service: '"cranes"',
      startsAt: 'body.check.at',
      labels: '{"site": body.where[1].site, "level": string(body.check.level)}',
    });
    expect(alert).toMatchObject({
      title: 'Crane brake at east',
      status: 'firing',
      severity: 'critical',
      fingerprint: 'Crane brake',
      service: 'cranes',
      startsAt: Date.parse('2026-11-20T08:30:00Z'),
      labels: { site: 'west', level: '3' },
    });
  });

  test('takes false for resolved', () => {
    const closed = { ...body, check: { ...body.check, failing: false } };
    expect(alertOf(closed, { title: 'body.check.name', status: 'body.check.failing' })?.status).toBe('resolved');
  });

  test('takes labels as an object, as tags and as their text', () => {
    for (const labels of ['body.tags', '"crane:4,shift=night"', '{"crane": "4", "shift": "night"}']) {
      expect(alertOf(body, { title: '"x"', labels })?.labels).toEqual({ crane: '4', shift: 'night' });
    }
  });

  test('leaves what it does not name to the common names', () => {
    expect(alertOf({ name: 'Fog', severity: 'P1', x: 1 }, { service: '"lights"' })).toMatchObject({
      title: 'Fog',
      severity: 'critical',
      service: 'lights',
    });
  });

  test('takes what a body does not have for absent', () => {
    const mapping = {
      title: '"Fog"',
      service: 'body.who.owner',
      severity: 'body.nope',
      startsAt: 'body.?when.orValue("")',
    };
    expect(alertOf({ service: 'other' }, mapping)).toMatchObject({ service: null, severity: 'medium', startsAt: null });
  });

  test('reads every alert of a list, each with the whole body at hand', () => {
    const mapping = mappingOf({
      alerts: 'body.items',
      title: 'body.what + " in " + body._body.harbour',
      fingerprint: 'string(body.nr)',
    });
    const many = {
      harbour: 'Elbe',
      items: [
        { what: 'Fog', nr: 1 },
        { what: 'Ice', nr: 2 },
      ],
    };
    const elements = mappedElements(many, mapping);
    expect(elements.map(({ path }) => path)).toEqual(['alerts[0]', 'alerts[1]']);
    expect(elements.map((element) => mappedDraft(element, mapping, integration))).toMatchObject([
      { title: 'Fog in Elbe', fingerprint: '1' },
      { title: 'Ice in Elbe', fingerprint: '2' },
    ]);
  });

  test('of a list that is none, or longer than a batch, refuses the body', () => {
    const mapping = mappingOf({ alerts: 'body.items', title: '"x"' });
    expect(() => mappedElements({ items: { a: 1 } }, mapping)).toThrow('not a list');
    expect(() => mappedElements({}, mapping)).toThrow('finds nothing in this body');
    expect(() => mappedElements({ items: Array.from({ length: 1_001 }, () => 1) }, mapping)).toThrow('at most 1000');
  });

  test('is not fooled by members that every object has', () => {
    const odd: unknown = JSON.parse('{"__proto__":{"title":"evil"},"constructor":"c","title":"Fog"}');
    expect(alertOf(odd, { summary: 'body.constructor' })).toMatchObject({ title: 'Fog', summary: 'c' });
    expect(alertOf({}, { title: '"x"', summary: 'body.toString' })?.summary).toBeNull();
  });
});

describe('what is wrong', () => {
  test('with an expression is told with its place, before any body is seen', () => {
    expect(checkMapping(mappingOf({ title: 'body.name', severity: 'body.level >' }))).toMatchObject([
      { field: 'severity', at: { line: 1, column: expect.any(Number) } },
    ]);
    expect(checkMapping(mappingOf({ title: 'name' }))).toMatchObject([
      { field: 'title', message: expect.stringContaining('`body.name`') },
    ]);
    expect(checkMapping(mappingOf({ title: 'body.a.matches("(a+)+$")' }))).toMatchObject([{ field: 'title' }]);
  });

  test('with a field that stands twice is told', () => {
    const twice = [...mappingOf({ title: '"a"' }), ...mappingOf({ title: '"b"' })];
    expect(checkMapping(twice)).toEqual([{ field: 'title', message: 'title is mapped twice.', at: null }]);
  });

  test('with what expressions give is told for each of them', () => {
    const mapping = mappingOf({ title: 'body.name + 1', severity: 'body.name * 2', service: 'body.name' });
    const { errors, alert } = previewMapping({ name: 'Fog' }, mapping, integration, now);
    expect(errors.map(({ field }) => field)).toEqual(['title', 'severity']);
    expect(alert).toBeNull();
  });

  test('with a value names the field', () => {
    const faults = (fields: Parameters<typeof mappingOf>[0]) =>
      previewMapping({ a: 'on hold', t: 'noon' }, mappingOf(fields), integration, now).errors;
    expect(faults({ title: '"x"', status: 'body.a' })).toMatchObject([{ field: 'status' }]);
    expect(faults({ title: '"x"', startsAt: 'body.t' })).toMatchObject([{ field: 'startsAt' }]);
    expect(faults({ severity: '"high"' })).toMatchObject([{ field: 'title' }]);
  });
});

test('a body of any depth is refused, not fatal', () => {
  const deep: unknown = JSON.parse('{"a":'.repeat(5_000) + '1' + '}'.repeat(5_000));
  const { errors } = previewMapping(deep, mappingOf({ title: '"x"' }), integration, now);
  expect(errors).toMatchObject([{ message: expect.stringContaining('nested deeper') }]);
});
