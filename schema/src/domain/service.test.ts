import { describe, expect, it } from 'vitest';
import { type CatalogueService, dependantsOf, refusalOfCatalogue, refusalOfService, tidyService } from './service.js';
import { lineDiff, serviceChanges } from './serviceDiff.js';
import { applyPatch, parseServiceDocument } from './serviceDocument.js';

const service = (name: string, more: Partial<CatalogueService> = {}): CatalogueService => ({
  name,
  kind: 'api',
  environments: [],
  namespace: null,
  team: null,
  escalationPolicy: null,
  tier: null,
  runbookUrl: null,
  aliases: [],
  dependsOn: [],
  ...more,
});

describe('a service document', () => {
  it('is a list, or an object with services, in JSON or in YAML', () => {
    const json = '[{"name":"a","dependsOn":["b"]}]';
    const yaml = 'services:\n  - name: a\n    dependsOn: [b]\n    language: go\n';
    for (const text of [json, `{"services":${json}}`, yaml]) {
      expect(parseServiceDocument(text)).toEqual({ ok: true, patches: [{ name: 'a', dependsOn: ['b'] }] });
    }
  });

  it.each([
    ['services:\n  - name: [', 'Flow sequence'],
    ['[{"kind":"api"}]', 'services[0].name'],
    ['[{"name":"a","dependsOn":"b"}]', 'services[0].dependsOn'],
    ['{"name":"a"}', 'services'],
    ['', 'services'],
    ['- name: a\n- name: A', 'stands twice'],
    [`a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [${'*a,'.repeat(200)}]\nservices: [${'*b,'.repeat(200)}]`, 'alias'],
  ])('that is wrong is refused with the place: %j', (text, message) => {
    const parsed = parseServiceDocument(text);
    expect(parsed.ok ? 'accepted' : parsed.message).toContain(message);
  });

  it('leaves what it does not state, and takes away what it states to be null', () => {
    const before = service('a', { team: 'web', runbookUrl: 'https://runbooks/a', dependsOn: ['b'] });
    expect(applyPatch(before, { name: 'a', runbookUrl: null, dependsOn: [] })).toEqual({
      ...before,
      runbookUrl: null,
      dependsOn: [],
    });
    expect(applyPatch(null, { name: ' a ' })).toEqual(service('a', { kind: 'service' }));
  });
});

describe('a service', () => {
  it('does not repeat names, and depends on others only', () => {
    const tidy = tidyService(
      service('Cart', { aliases: ['cart', ' basket', 'Basket'], dependsOn: ['basket', 'db', 'DB'] }),
    );
    expect(tidy).toEqual(service('Cart', { aliases: ['basket'], dependsOn: ['db'] }));
  });

  it.each<[Partial<CatalogueService>, string]>([
    [{ name: ' ' }, 'name'],
    [{ name: 'x'.repeat(257) }, 'name'],
    [{ team: 'a\u0000b' }, 'name'],
    [{ aliases: ['\ud800'] }, 'name'],
    [{ tier: 1.5 }, 'tier'],
    [{ tier: 10 }, 'tier'],
    [{ runbookUrl: 'javascript:alert(1)' }, 'runbookUrl'],
    [{ dependsOn: Array.from({ length: 201 }, (_, n) => `s${n}`) }, 'dependsOn'],
  ])('is refused with %j', (change, field) => {
    expect(refusalOfService(service('a', change))).toMatchObject({ code: 'INVALID_INPUT', field });
  });

  it('shares no name with another', () => {
    expect(refusalOfCatalogue([service('a', { aliases: ['B'] }), service('b')])?.message).toContain('both a and b');
    expect(refusalOfCatalogue([service('a', { aliases: ['A'] }), service('b')])).toBeNull();
    const many = Array.from({ length: 5_001 }, (_, n) => service(`s${n}`));
    expect(refusalOfCatalogue(many)?.message).toContain('5000');
  });

  it('is depended on by its name or an alias, in any case; so is what the catalogue does not know', () => {
    const found = dependantsOf([
      service('db', { aliases: ['postgres'] }),
      service('a', { dependsOn: ['Postgres', 'db'] }),
      service('b', { dependsOn: ['DB', 'stripe'] }),
    ]);
    expect(Object.fromEntries(found)).toEqual({ db: ['a', 'b'], stripe: ['b'] });
  });
});

describe('a difference', () => {
  it('says what is added, changed and removed, in lines', () => {
    const before = [service('a', { dependsOn: ['x', 'y'] }), service('gone'), service('same')];
    const after = [service('a', { dependsOn: ['x', 'z'], tier: 1 }), service('new'), service('same')];
    expect(serviceChanges(before, after)).toEqual([
      {
        kind: 'changed',
        what: 'service',
        name: 'a',
        diff: [' name: a', ' kind: api', '+tier: 1', ' dependsOn:', '   - x', '-  - y', '+  - z'],
      },
      { kind: 'removed', what: 'service', name: 'gone', diff: ['-name: gone', '-kind: api'] },
      { kind: 'added', what: 'service', name: 'new', diff: ['+name: new', '+kind: api'] },
    ]);
  });

  it('of long texts takes no time, and loses no line', () => {
    const lines = (seed: number) => Array.from({ length: 5_000 }, (_, n) => `line ${(n * seed) % 4_999}`);
    const [before, after] = [lines(7), lines(11)];
    const diff = lineDiff(before, after);
    expect(diff.filter((line) => !line.startsWith('+')).map((line) => line.slice(1))).toEqual(before);
    expect(diff.filter((line) => !line.startsWith('-')).map((line) => line.slice(1))).toEqual(after);
  });
});
