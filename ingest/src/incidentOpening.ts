import type { Explanation } from '@tocsin/schema/domain/correlation';
import type { CorrelationRule } from '@tocsin/schema/domain/rule';
import { parseTemplate } from '@tocsin/schema/domain/ruleTemplate';
import { newIncident } from '@tocsin/schema/postgres/incidentCommands';
import type { IncidentToWrite } from '@tocsin/schema/postgres/incidentWrite';
import type { Beginning } from './placing.js';

export interface Opening {
  readonly key: string;
  readonly rule: CorrelationRule;
  readonly explanation: Explanation;
  readonly serviceTeam: string | null;
}

/** The incident that an alert opens: named, rated and routed as the rule says, else as the alert, service and integration do. */
export function incidentFor(id: number, beginning: Beginning, opening: Opening): IncidentToWrite {
  const { facts, description, team, receivedAt, source } = beginning;
  const { key, rule, explanation, serviceTeam } = opening;
  return {
    incident: {
      ...newIncident(id, receivedAt),
      title: titleOf(beginning, rule),
      description,
      severity: rule.severity ?? facts.severity,
      environment: facts.environment,
      team: rule.team ?? serviceTeam ?? team,
      correlationKey: key,
      impactStartedAt: Math.min(facts.startsAt, receivedAt),
    },
    activity: {
      source,
      ruleId: rule.id,
      ruleVersion: explanation.ruleVersion,
      acceptsAlerts: true,
      firstStartsAt: null,
      lastActivityAt: null,
      notify: rule.notify,
      isTouched: false,
      soleCondition: null,
      episodeCount: 0,
    },
  };
}

function titleOf({ facts }: Beginning, { titleTemplate }: CorrelationRule): string {
  if (titleTemplate === null) return facts.title;
  const template = parseTemplate(titleTemplate);
  return template.isValid ? template.render(facts) : facts.title;
}
