import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readYaml } from '../yamlText.js';
import { printSection } from './printYaml.js';

describe('a section of a configuration file', () => {
  it('has short lists and maps on one line, and texts of several lines as blocks', () => {
    const team = {
      name: 'Platform',
      members: [{ person: 'ada', role: 'manager' }],
      tags: ['a', 'b'],
      notes: 'One\n\n  two',
      more: [{ text: 'a\nb' }],
    };
    expect(printSection('teams', [team, { name: 'B' }], false)).toBe(`teams:
  - name: Platform
    members:
      - { person: ada, role: manager }
    tags: [ a, b ]
    notes: |-
      One

        two
    more:
      - text: |-
          a
          b
  - name: B
`);
  });

  it('says that there is nothing in it', () => {
    expect(printSection('teams', [], false)).toBe('teams: []\n');
    expect(printSection('severityCriteria', [{}], true)).toBe('severityCriteria: {}\n');
  });

  it('reads back as what it was, whatever stands in it', () => {
    const text = fc.oneof(
      fc.string({
        unit: fc.constantFrom('\n', ' ', 'a', '#', ':', '-', '"', "'", '|', '\t', '{', ']', '%', 'é', '👩', '\\'),
      }),
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('null', 'yes', '0x1', '12:30', '2026-01-01', '1e3', '~', '---', '<<', 'on', '&a', '*a', '!x'),
    );
    const leaf = fc.oneof(text, fc.integer(), fc.boolean());
    const entry = fc.dictionary(
      text,
      fc.oneof(
        leaf,
        fc.array(leaf),
        fc.dictionary(text, leaf),
        fc.array(fc.dictionary(text, fc.oneof(leaf, fc.array(leaf)))),
      ),
      { minKeys: 1 },
    );
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 4 }), (entries) => {
        const plain = JSON.parse(JSON.stringify(entries)) as unknown;
        expect(readYaml(printSection('things', entries, false))).toEqual({ things: plain });
      }),
      { numRuns: 400 },
    );
  });
});
