import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { describe, expect, it } from 'vitest';
import { type AlertFacts, RuleFailed } from './correlation.js';
import type { CorrelationRule } from './rule.js';
import { compileRules } from './ruleCompile.js';
import { ruleChanges } from './ruleDiff.js';
import { parseRuleDocument, ruleYaml } from './ruleDocument.js';
import { parseRules, ruleDefaults, type RuleInput, ruleLimits } from './ruleInput.js';
import { parseTemplate } from './ruleTemplate.js';

const input = (changes: Partial<RuleInput> = {}): RuleInput => ({
  ...ruleDefaults,
  id: null,
  name: 'Disk full',
  match: null,
  threshold: null,
  titleTemplate: null,
  severity: null,
  team: null,
  escalationPolicy: null,
  ...changes,
});
const rule = (changes: Partial<CorrelationRule> = {}): CorrelationRule => ({
  ...input(),
  groupBy: [],
  id: 'a',
  ...changes,
});

const alert: AlertFacts = {
  integrationId: 7,
  source: 'alertmanager',
  fingerprint: 'f',
  severity: 'high',
  title: 'Disk full',
  summary: null,
  description: null,
  service: 'db',
  environment: null,
  host: null,
  namespace: '',
  groupKey: null,
  labels: { 'k8s.node.name': 'n1', k8s_pod: 'p1', empty: '' },
  annotations: { team_name: 'Ops' },
  startsAt: 0,
};

describe('rules as they are stated', () => {
  it('get an id after their name, one of its own each', () => {
    const { rules, problems } = parseRules([
      input(),
      input(),
      input({ name: 'Größe & Ärger!' }),
      input({ name: '磁盘' }),
      input({ name: 'Default' }),
      input({ id: 'disk-full-3', name: 'Kept' }),
    ]);
    expect(problems).toEqual([]);
    expect(rules.map(({ id }) => id)).toEqual([
      'disk-full',
      'disk-full-2',
      'gro-e-arger',
      'rule',
      'default-2',
      'disk-full-3',
    ]);
  });

  it.each([
    [{ name: ' ' }, 'rules[0].name'],
    [{ name: 'x'.repeat(101) }, 'rules[0].name'],
    [{ id: 'Not an id' }, 'rules[0].id'],
    [{ id: 'default' }, 'rules[0].id'],
    [{ id: 'person' }, 'rules[0].id'],
    [{ groupBy: ['servce'] }, 'rules[0].groupBy'],
    [{ groupBy: ['labels.'] }, 'rules[0].groupBy'],
    [{ groupBy: Array.from({ length: 17 }, (_, i) => `labels.l${i}`) }, 'rules[0].groupBy'],
    [{ windowSeconds: 0 }, 'rules[0].windowSeconds'],
    [{ windowSeconds: 7_200, maxAgeSeconds: 3_600 }, 'rules[0].maxAgeSeconds'],
    [{ threshold: { count: 1, seconds: 60 } }, 'rules[0].thresholdCount'],
    [{ threshold: { count: 2, seconds: 0 } }, 'rules[0].thresholdSeconds'],
    [{ holdSeconds: 86_401 }, 'rules[0].holdSeconds'],
    [{ maxHops: 6 }, 'rules[0].maxHops'],
    [{ titleTemplate: '{{servce}}' }, 'rules[0].titleTemplate'],
    [{ titleTemplate: '{{service' }, 'rules[0].titleTemplate'],
  ] as const)('are refused by field: %j', (changes, field) => {
    expect(parseRules([input(changes)]).problems.map((problem) => problem.field)).toEqual([field]);
  });

  it('are refused when there are too many, or two with one id', () => {
    expect(parseRules(Array.from({ length: ruleLimits.rules + 1 }, () => input())).problems).toHaveLength(1);
    expect(parseRules([input({ id: 'a' }), input({ id: 'a' })]).problems).toMatchObject([{ field: 'rules[1].id' }]);
  });
});

describe('compiled rules', () => {
  it('are in order, without the disabled, and name what does not compile with its place', () => {
    const rules = [
      rule({ id: 'a', match: 'service == "db"' }),
      rule({ id: 'b', isEnabled: false, match: 'service ==' }),
      rule({ id: 'c' }),
    ];
    const compiled = compileRules({ version: 4, rules });
    expect(compiled.rules.map((each) => [each.rule.id, each.version])).toEqual([
      ['a', 4],
      ['c', 4],
    ]);
    expect(compiled.problems).toMatchObject([{ field: 'rules[1].match', at: { position: 10, line: 1, column: 11 } }]);
    expect(compiled.rules.map((each) => each.matches(alert))).toEqual([true, true]);
    expect(compiled.rules[0]?.matches({ ...alert, service: null })).toBe(false);
  });

  it('fail on one alert with the rule named', () => {
    const [failing] = compileRules({ version: 1, rules: [rule({ match: 'int(title) > 1' })] }).rules;
    expect(() => failing?.matches(alert)).toThrow(RuleFailed);
    expect(failing?.matches({ ...alert, title: '2' })).toBe(true);
  });

  it('read the fields they group by; . and _ are equal, missing and empty are none', () => {
    const groupBy = [
      'labels.k8s_node_name',
      'labels.k8s.pod',
      'labels.empty',
      'labels.x',
      'service',
      'namespace',
      'integration',
    ] as const;
    const [compiled] = compileRules({ version: 1, rules: [rule({ groupBy })] }).rules;
    expect(groupBy.map((field) => compiled?.groupValue(alert, field))).toEqual([
      'n1',
      'p1',
      null,
      null,
      'db',
      null,
      '7',
    ]);
  });
});

describe('a title template', () => {
  const render = (template: string) => {
    const parsed = parseTemplate(template);
    return parsed.isValid ? parsed.render(alert) : parsed.message;
  };
  it('takes fields, labels and annotations of the alert', () => {
    expect(render('{{service}}: {{ labels.k8s_node_name }} ({{annotations.team_name}})')).toBe('db: n1 (Ops)');
  });
  it('falls back to the title where nothing of it is left', () => {
    expect(render('{{environment}} {{labels.none}}')).toBe('Disk full');
  });
});

describe('the changes between two lists of rules', () => {
  const [a, b, c] = [rule({ id: 'a', name: 'A' }), rule({ id: 'b', name: 'B' }), rule({ id: 'c', name: 'C' })];
  it('are none between equal lists', () => {
    expect(ruleChanges([a, b], [a, b])).toEqual([]);
  });
  it('show lines of YAML, and the fewest moves', () => {
    const changes = ruleChanges([a, b, c], [c, a, { ...b, windowSeconds: 60 }]);
    expect(changes.map(({ kind, name }) => [kind, name])).toEqual([
      ['moved', 'C'],
      ['changed', 'B'],
    ]);
    expect(changes[1]?.diff.filter((line) => !line.startsWith(' '))).toEqual([
      `-windowSeconds: ${ruleDefaults.windowSeconds}`,
      '+windowSeconds: 60',
    ]);
    expect(changes[0]?.diff).toEqual(['-place 3', '+place 1']);
    expect(ruleChanges([a, b], [b, c]).map(({ kind, name }) => [kind, name])).toEqual([
      ['added', 'C'],
      ['removed', 'A'],
    ]);
  });
});

describe('rules as YAML', () => {
  it('come back as they went, whatever they are', () => {
    const text = fc.string({ minLength: 1, maxLength: 40 }).filter((each) => each.trim() === each);
    const arbitrary = fc.record({
      name: text,
      match: fc.option(fc.constantFrom('service == "a"\n  && true', 'true', ' labels.x == ""')),
      isEnabled: fc.boolean(),
      groupBy: fc.subarray(['service', 'labels.k8s.pod', 'labels.a: b # c'] as const),
      threshold: fc.option(
        fc.record({ count: fc.integer({ min: 2, max: 99 }), seconds: fc.integer({ min: 1, max: 99 }) }),
      ),
      team: fc.option(text),
      notify: fc.constantFrom('page', 'record'),
      severity: fc.option(fc.constantFrom('high', 'info')),
    });
    fc.assert(
      fc.property(arbitrary, (changes) => {
        const whole = rule({ ...changes, id: 'x' });
        const document = parseRuleDocument(parse(stringify([ruleYaml(whole)])));
        expect(document).toEqual({ isValid: true, inputs: [whole] });
      }),
      { numRuns: 300 },
    );
  });

  it('may leave out what is as usual, and nothing may be misspelt', () => {
    expect(parseRuleDocument([{ name: 'Disk full' }])).toEqual({ isValid: true, inputs: [input()] });
    expect(parseRuleDocument([{ name: 'x', windowSecond: 1 }])).toMatchObject({ isValid: false, field: 'rules[0]' });
    expect(parseRuleDocument([{ name: 'x', notify: 'shout' }])).toMatchObject({
      isValid: false,
      field: 'rules[0].notify',
    });
    expect(parseRuleDocument('rules')).toMatchObject({ isValid: false, field: 'rules' });
  });
});
