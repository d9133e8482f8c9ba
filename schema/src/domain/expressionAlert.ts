import { Environment } from '@marcbachmann/cel-js';
import type { Labels } from './alert.js';
import type { AlertFacts } from './correlation.js';
import { registerBounded, registerOrEmpty } from './expressionMacro.js';
import { registerRegex } from './expressionRegex.js';
import { severities, type Severity, severityRank } from './severity.js';

/** An alert as expressions see it. What is unknown reads as ''; `status` is firing and `team` empty where they are not given. */
export interface ExpressionAlert extends AlertFacts {
  readonly status?: 'firing' | 'resolved';
  readonly team?: string | null;
}

/** The fields of an alert in an expression, for messages and documentation. */
export const alertFields = [
  'title',
  'summary',
  'description',
  'severity',
  'status',
  'service',
  'environment',
  'host',
  'namespace',
  'team',
  'source',
  'integration',
  'fingerprint',
  'groupKey',
  'startsAt',
  'labels',
  'annotations',
] as const;

/** A severity compares by weight, not by its letters: `severity >= high` is high and critical. */
class SeverityValue {
  readonly word: Severity;
  readonly weight: number;
  constructor(word: Severity) {
    this.word = word;
    this.weight = -severityRank(word);
  }
}

const severityValues: ReadonlyMap<string, SeverityValue> = new Map(
  severities.map((word) => [word, new SeverityValue(word)] as const),
);

/** `namespace` is a reserved word of CEL, so the compiler writes it in this way, which is as long. */
export const namespaceIdentifier = 'nameSpace';

export function alertEnvironment(): Environment {
  const environment = new Environment({ limits: { maxDepth: 64, maxAstNodes: 1_000, maxListElements: 1_000 } });
  registerSeverityType(environment);
  for (const name of alertFields) {
    if (name === 'severity') environment.registerVariable(name, 'Severity');
    else if (name === 'startsAt') environment.registerVariable(name, 'google.protobuf.Timestamp');
    else if (name === 'labels' || name === 'annotations') environment.registerVariable(name, 'map<string, string>');
    else environment.registerVariable(name === 'namespace' ? namespaceIdentifier : name, 'string');
  }
  registerSeverityWords(environment);
  registerOrEmpty(environment);
  registerBounded(environment);
  registerRegex(environment);
  return environment;
}

/** Before the variables of that type. */
export function registerSeverityType(environment: Environment): void {
  environment.registerType('Severity', SeverityValue);
}

/** `high`, `critical`, … and how they compare. */
export function registerSeverityWords(environment: Environment): void {
  for (const [word, value] of severityValues) environment.registerConstant(word, 'Severity', value);
  registerSeverityOperators(environment);
}

/** A severity as expressions compare it. */
export function severityValue(word: Severity): SeverityValue | undefined {
  return severityValues.get(word);
}

function registerSeverityOperators(environment: Environment): void {
  const comparisons: readonly (readonly [string, (a: number, b: number) => boolean])[] = [
    ['<', (a, b) => a < b],
    ['<=', (a, b) => a <= b],
    ['>', (a, b) => a > b],
    ['>=', (a, b) => a >= b],
    ['==', (a, b) => a === b],
  ];
  for (const [operator, holds] of comparisons) {
    environment.registerOperator(`Severity ${operator} Severity`, (a: SeverityValue, b: SeverityValue) =>
      holds(a.weight, b.weight),
    );
    environment.registerOperator(`Severity ${operator} string`, (a: SeverityValue, b: string) =>
      holds(a.weight, weightOf(b)),
    );
    // cel-js registers the mirrored `==` by itself.
    if (operator === '==') continue;
    environment.registerOperator(`string ${operator} Severity`, (a: string, b: SeverityValue) =>
      holds(weightOf(a), b.weight),
    );
  }
  environment.registerOperator('Severity in list<string>', (a: SeverityValue, b: readonly string[]) =>
    b.includes(a.word),
  );
}

/** NaN for a word that is no severity: it is equal to none, above none and below none. */
function weightOf(word: string): number {
  return severityValues.get(word)?.weight ?? Number.NaN;
}

/** Reads the alert's fields when the expression asks for them: most expressions look at two or three. */
export class AlertVariables {
  readonly #alert: ExpressionAlert;
  constructor(alert: ExpressionAlert) {
    this.#alert = alert;
  }
  get title(): string {
    return this.#alert.title;
  }
  get summary(): string {
    return this.#alert.summary ?? '';
  }
  get description(): string {
    return this.#alert.description ?? '';
  }
  get severity(): SeverityValue | undefined {
    return severityValues.get(this.#alert.severity);
  }
  get status(): string {
    return this.#alert.status ?? 'firing';
  }
  get service(): string {
    return this.#alert.service ?? '';
  }
  get environment(): string {
    return this.#alert.environment ?? '';
  }
  get host(): string {
    return this.#alert.host ?? '';
  }
  get nameSpace(): string {
    return this.#alert.namespace ?? '';
  }
  get team(): string {
    return this.#alert.team ?? '';
  }
  get source(): string {
    return this.#alert.source;
  }
  get integration(): string {
    return String(this.#alert.integrationId);
  }
  get fingerprint(): string {
    return this.#alert.fingerprint;
  }
  get groupKey(): string {
    return this.#alert.groupKey ?? '';
  }
  get startsAt(): Date {
    return new Date(this.#alert.startsAt);
  }
  get labels(): Labels | ReadonlyMap<string, string> {
    return asMap(this.#alert.labels);
  }
  get annotations(): Labels | ReadonlyMap<string, string> {
    return asMap(this.#alert.annotations);
  }
}

/** cel-js tells what a value is by its `constructor`, which a label of that name would pretend to be. */
export function asMap(labels: Labels): Labels | ReadonlyMap<string, string> {
  return Object.hasOwn(labels, 'constructor') ? new Map(Object.entries(labels)) : labels;
}
