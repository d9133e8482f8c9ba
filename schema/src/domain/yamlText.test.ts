import { describe, expect, it } from 'vitest';
import { parseConfiguration } from './configurationDocument.js';
import { parseServiceDocument } from './serviceDocument.js';
import { readYaml } from './yamlText.js';

describe('reading YAML that somebody sent', () => {
  it('reads what nests as deep as configuration does', () => {
    expect(readYaml('services:\n  - name: a\n    dependsOn: [b, c]\n')).toEqual({
      services: [{ name: 'a', dependsOn: ['b', 'c'] }],
    });
  });

  // Deep enough, a recursive reader does not throw: the engine ends the process.
  it.each(['[', '{a: ', '- ', '? '])('refuses `%s` a hundred thousand times over', (opener) => {
    const deep = opener.repeat(100_000);
    expect(() => readYaml(deep)).toThrow('nests deeper than 64 levels');
    expect(parseServiceDocument(deep)).toMatchObject({ ok: false });
    expect(() => parseConfiguration(deep)).toThrow('nests deeper than 64 levels');
  });

  it('refuses a map whose keys would take minutes to compare', () => {
    const keys = Array.from({ length: 30_000 }, (_, index) => `k${index}: 1`);
    expect(() => readYaml(keys.join('\n'))).toThrow('more than 1000 keys');
    expect(() => readYaml(`{${keys.join(', ')}}`)).toThrow('more than 1000 keys');
  });

  it('says what is wrong first, and where', () => {
    expect(() => readYaml('rules: []\nrules: []')).toThrow('Map keys must be unique at line 2, column 1');
    expect(() => readYaml(`a: b\n${']'.repeat(100_000)}`)).toThrow('at line 2, column 1');
    expect(() => readYaml('a: &a [x]\nb: *c')).toThrow('Unresolved alias');
  });
});
