import { Environment } from '@marcbachmann/cel-js';
import { asMap, registerSeverityType, registerSeverityWords, severityValue } from './expressionAlert.js';
import { registerBounded, registerOrEmpty } from './expressionMacro.js';
import { registerRegex } from './expressionRegex.js';
import type { IncidentPhase } from './incident.js';
import type { Priority } from './priority.js';
import type { Severity } from './severity.js';

/** An incident as expressions see it. What is unknown reads as ''. */
export interface ExpressionIncident {
  readonly title: string;
  readonly type: string;
  readonly severity: Severity;
  readonly priority: Priority;
  readonly phase: IncidentPhase;
  readonly status: string;
  readonly services: readonly string[];
  /** The first of them. */
  readonly service: string;
  readonly environment: string;
  readonly team: string;
  readonly assignee: string;
  readonly reporter: string;
  readonly source: string;
  readonly tags: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  readonly fields: Readonly<Record<string, string>>;
  readonly isRestricted: boolean;
  /** Of the event that is looked at; '' elsewhere. */
  readonly event: string;
  readonly actorKind: string;
  /** Local time of the policy's or team's zone: 0–23, 1 (Monday)–7. */
  readonly hour: number;
  readonly weekday: number;
}

const fieldTypes = {
  title: 'string',
  type: 'string',
  severity: 'Severity',
  priority: 'int',
  phase: 'string',
  status: 'string',
  services: 'list<string>',
  service: 'string',
  environment: 'string',
  team: 'string',
  assignee: 'string',
  reporter: 'string',
  source: 'string',
  tags: 'list<string>',
  labels: 'map<string, string>',
  fields: 'map<string, string>',
  isRestricted: 'bool',
  event: 'string',
  actorKind: 'string',
  hour: 'int',
  weekday: 'int',
} as const satisfies Record<keyof ExpressionIncident, string>;

/** `type` is a type in CEL, so the compiler writes the field in this way, which is as long. */
export const typeIdentifier = 'typE';

/** The fields of an incident in an expression, for messages and documentation. */
export const incidentFieldNames: readonly string[] = Object.keys(fieldTypes);

export function incidentEnvironment(): Environment {
  const environment = new Environment({ limits: { maxDepth: 64, maxAstNodes: 1_000, maxListElements: 1_000 } });
  registerSeverityType(environment);
  for (const [name, type] of Object.entries(fieldTypes)) {
    environment.registerVariable(name === 'type' ? typeIdentifier : name, type);
  }
  registerSeverityWords(environment);
  registerOrEmpty(environment);
  registerBounded(environment);
  registerRegex(environment);
  return environment;
}

/** The incident as cel-js wants it: integers are bigints, severities compare by weight. */
export function incidentVariables(incident: ExpressionIncident): object {
  const { severity, priority, hour, weekday, labels, fields } = incident;
  return {
    ...incident,
    [typeIdentifier]: incident.type,
    severity: severityValue(severity),
    priority: BigInt(priority),
    hour: BigInt(hour),
    weekday: BigInt(weekday),
    labels: asMap(labels),
    fields: asMap(fields),
  };
}
