import { describe, expect, it } from 'vitest';
import { compileIncidentCondition, conditionHolds, factsAt } from './expressionIncident.js';

const incident = factsAt(
  {
    title: 'Login fails',
    type: 'operational',
    severity: 'high',
    priority: 2,
    phase: 'detected',
    status: 'detected',
    services: ['auth', 'db'],
    service: 'auth',
    environment: 'production',
    team: 'identity',
    assignee: '',
    reporter: '',
    source: 'grafana',
    tags: ['vip'],
    labels: { cluster: 'eu-1' },
    fields: { customer: 'ACME' },
    isRestricted: false,
  },
  { event: 'incident.opened', actorKind: 'system' },
  // Sunday 23:30 UTC: Monday, half past midnight, in Berlin
  Date.UTC(2026, 10, 29, 23, 30),
  'Europe/Berlin',
);

function holds(text: string): boolean | string {
  const compiled = compileIncidentCondition(text);
  return compiled.isValid ? conditionHolds(compiled.expression, incident) : compiled.error.message;
}

describe('a condition over an incident', () => {
  it.each([
    'severity >= high && severity < "critical"',
    '"db" in services && service == "auth"',
    'fields.customer == "ACME" && fields.nothing == ""',
    'labels.cluster.startsWith("eu") && labels["x"] == ""',
    'type == "operational" && [type].exists(t, t == type)',
    'priority <= 2 && phase == "detected"',
    'hour == 0 && weekday == 1',
    'event == "incident.opened" && actorKind == "system"',
    'tags.exists(t, t == "vip") && !isRestricted',
    're(title, "(?i)login")',
  ])('holds: %s', (text) => {
    expect(holds(text)).toBe(true);
  });

  it('says what is wrong and where', () => {
    expect(holds('title')).toBe('The expression must be true or false, and gives a string.');
    expect(holds('teem == "x"')).toContain('There is no field `teem`. There are title, type,');
    expect(compileIncidentCondition('severity == "hihg"', 'pageWhen')).toMatchObject({
      isValid: false,
      error: { code: 'EXPRESSION_INVALID', field: 'pageWhen', position: 12, line: 1, column: 13 },
    });
    expect(holds('title.matches("(a+)+$")')).toContain('`matches` can hang');
  });

  it('is not taken for true where it fails', () => {
    const compiled = compileIncidentCondition('1 / (priority - 2) > 0');
    expect(compiled.isValid && conditionHolds(compiled.expression, incident)).toBe(false);
  });
});
