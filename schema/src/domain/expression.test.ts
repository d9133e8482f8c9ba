import { describe, expect, it } from 'vitest';
import { compileCondition, compileExpression } from './expression.js';
import type { ExpressionAlert } from './expressionAlert.js';
import { expressionBody } from './expressionBody.js';
import type { ExpressionError } from './expressionError.js';

const alert: ExpressionAlert = {
  integrationId: 7,
  source: 'alertmanager',
  fingerprint: 'f1',
  severity: 'high',
  title: 'Disk of db-1 is full',
  summary: null,
  description: null,
  service: 'checkout',
  environment: 'production',
  host: 'db-1',
  namespace: 'shop',
  groupKey: null,
  labels: { alertname: 'DiskFull', team: 'payments', 'k8s.pod': 'db-1-0' },
  annotations: { runbook: 'https://runbooks.example/disk' },
  startsAt: Date.parse('2026-03-01T23:30:00Z'),
};

function valueOver(text: string, over: ExpressionAlert = alert): unknown {
  const compiled = compileExpression(text, 'alert');
  if (!compiled.isValid) throw new Error(compiled.error.message);
  const outcome = compiled.expression.evaluate(over);
  return outcome.isDone ? outcome.value : new Error(outcome.message);
}

function refusalOf(text: string): ExpressionError {
  const compiled = compileCondition(text);
  if (compiled.isValid) throw new Error(`${text} was accepted`);
  return compiled.error;
}

describe('an expression over an alert', () => {
  it.each([
    ['service == "checkout" && environment == "production"'],
    ['severity >= high'],
    ['severity == "high" && severity != critical'],
    ['severity in ["critical", "high"]'],
    ['"high" <= severity && severity < "critical"'],
    ['namespace == "shop" && labels.alertname.startsWith("Disk")'],
    ['labels["k8s.pod"] == host + "-0"'],
    ['status == "firing" && source == "alertmanager" && integration == "7"'],
    ['re(title, "(?i)disk of \\\\w+-\\\\d+")'],
    ['!re(labels.alertname, "^Full")'],
    ['startsAt.getHours("Europe/Berlin") == 0'],
    ['labels.exists(name, name.startsWith("k8s") && labels[name] == "db-1-0")'],
    ['team == "" && summary == "" && groupKey == ""'],
  ])('holds: %s', (text) => {
    expect(valueOver(text)).toBe(true);
  });

  it('reads a missing label as empty, and has() and in tell that it is missing', () => {
    expect(valueOver('labels.owner == "" && labels["owner"] == "" && annotations.x.size() == 0')).toBe(true);
    expect(valueOver('has(labels.owner) || "owner" in labels')).toBe(false);
    expect(valueOver('has(labels.team) && "team" in labels')).toBe(true);
    expect(valueOver('labels[labels.missing + "team"]')).toBe('payments');
  });

  it('survives labels that are named like the members of an object', () => {
    const labels = JSON.parse('{"constructor": "x", "__proto__": "y", "toString": "z"}') as Record<string, string>;
    const odd = { ...alert, labels };
    expect(valueOver('labels.constructor + labels["__proto__"] + labels.toString', odd)).toBe('xyz');
    expect(valueOver('labels.constructor == "" && labels.hasOwnProperty == ""')).toBe(true);
  });

  it('is compiled once and gives the same each time', () => {
    const compiled = compileCondition('labels.team == "payments"');
    if (!compiled.isValid) throw new Error(compiled.error.message);
    const { evaluate } = compiled.expression;
    expect(evaluate(alert)).toEqual({ isDone: true, value: true });
    expect(evaluate({ ...alert, labels: {} })).toEqual({ isDone: true, value: false });
    expect(evaluate(alert)).toEqual({ isDone: true, value: true });
  });
});

describe('an expression that is refused', () => {
  it.each([
    ['service ==', /too early/, 10],
    ['servce == "a"', /no field `servce`.*labels\.servce/, 0],
    ['service == 1', /string == int/, 0],
    ['service = "a"', /==/, 8],
    ['service', /true or false/, 0],
    ['severity == "hihg"', /no severity "hihg"/, 12],
    ['title.matches("a")', /write re\(text/, 6],
    ['re(title, labels.x)', /written as a text/, 10],
    ['re(title, "(")', /no regular expression/, 10],
    ['re(title, "((a{1,100}){1,100})")', /regular expression|too large/, 10],
    ['re(1, "a")', /type int/, 3],
    ['labels.all(a, labels.all(b, a == b))', /inside another loop/, 21],
    ['labels.all(labels, labels == "a")', /is a field/, 11],
    ['cel.bind(x, title, x == "a")', /not available/, 4],
    ['orEmpty(labels.x) == ""', /no function orEmpty/, 0],
    ['(labels).x == "a"', /without parentheses/, 1],
    [`${'('.repeat(80)}true${')'.repeat(80)}`, /maxDepth/i, null],
    [`title in [${'"a",'.repeat(101)}"b"]`, /more than 100 elements/, 9],
    [`${'true && '.repeat(200)}true`, /more than 250 parts|nested deeper/, null],
    [' '.repeat(4_001), /longer than/, 0],
    ['', /empty/, 0],
  ])('is told why: %#', (text, message, position) => {
    const error = refusalOf(text);
    expect(error.message).toMatch(message);
    if (position !== null) expect(error.position).toBe(position);
  });

  it('is told with line and column', () => {
    expect(refusalOf('service == "a" &&\n  servce == "b"')).toMatchObject({ line: 2, column: 3, position: 20 });
  });
});

describe('an evil expression', () => {
  it('does not backtrack: 31 characters that would hang a backtracking engine cost next to nothing', () => {
    const compiled = compileCondition('re(labels.evil, "^(a+)+$") || re(labels.evil, "^(([a-z])+.)+[A-Z]([a-z])+$")');
    if (!compiled.isValid) throw new Error(compiled.error.message);
    const evil = { ...alert, labels: { evil: `${'a'.repeat(31)}!` } };
    for (let i = 0; i < 10_000; i++) compiled.expression.evaluate(evil);
    expect(compiled.expression.evaluate(evil)).toEqual({ isDone: true, value: false });
  });

  it('is stopped when it looks at too much, the same on every machine', () => {
    const long = { ...alert, annotations: { text: 'a'.repeat(64 * 1024) } };
    const text = '["1","2","3","4","5"].all(x, !re(annotations.text, "(x+x+)+y{1,100}"))';
    expect(valueOver(text, long)).toMatchObject({ message: /too much/ });
    expect(valueOver('annotations.text.split("").all(c, c == "a")', long)).toMatchObject({ message: /too long/ });
  });
});

describe('an expression over a body', () => {
  const body = expressionBody({
    count: 5,
    none: null,
    alerts: [
      { name: 'a', tags: ['x', 'y'] },
      { name: 'b', constructor: 'odd' },
    ],
    at: '2026-03-01T10:00:00Z',
  });
  const valueIn = (text: string) => {
    const compiled = compileExpression(text, 'body');
    if (!compiled.isValid) throw new Error(compiled.error.message);
    return compiled.expression.evaluate(body);
  };

  it.each([
    ['body.count + 1', 6],
    ['body.count == 5 ? "five" : "other"', 'five'],
    ['body.alerts[1].name', 'b'],
    ['body.alerts.map(a, a.name)', ['a', 'b']],
    ['body.alerts.filter(a, has(a.tags))[0].tags.join("-")', 'x-y'],
    ['body.alerts[1]', { name: 'b', constructor: 'odd' }],
    ['{"name": body.alerts[0].name, "count": 1}', { name: 'a', count: 1 }],
    ['body.?missing.?deep.orValue("none")', 'none'],
    ['body.none', null],
    ['timestamp(body.at)', '2026-03-01T10:00:00.000Z'],
    ['re(body.at, "^2026")', true],
    ['int(body.count) * 2', 10],
  ])('%s', (text, value) => {
    expect(valueIn(text)).toEqual({ isDone: true, value });
  });

  it('tells a missing member from another failure', () => {
    expect(valueIn('body.missing')).toMatchObject({ isDone: false, isMissing: true });
    expect(valueIn('int(body.at)')).toMatchObject({ isDone: false, isMissing: false });
  });

  it('stops a loop over a body that is too large for it', () => {
    const compiled = compileExpression('body.list.all(x, x == "")', 'body');
    if (!compiled.isValid) throw new Error(compiled.error.message);
    const large = expressionBody({ list: Array.from({ length: 1_000 }, () => ''), text: 'a'.repeat(5_000_000) });
    expect(compiled.expression.evaluate(large)).toMatchObject({
      isDone: false,
      message: expect.stringMatching(/too much/),
    });
  });

  it('refuses a body that is nested without end', () => {
    let deep: unknown = 1;
    for (let i = 0; i < 100; i++) deep = [deep];
    expect(() => expressionBody(deep)).toThrow(/deeper than 64/);
  });
});
