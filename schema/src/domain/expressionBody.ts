import { Environment, Optional } from '@marcbachmann/cel-js';
import { Duration, UnsignedInt } from '@marcbachmann/cel-js/evaluator';
import { registerBounded } from './expressionMacro.js';
import { registerRegex } from './expressionRegex.js';

const deepest = 64;

/** A received body, made ready once for any number of expressions. */
export interface ExpressionBody {
  readonly body: unknown;
  /** About how many characters it holds. */
  readonly size: number;
}

/**
 * Makes parsed JSON ready for expressions.
 * @throws RangeError where it is nested deeper than 64 levels
 */
export function expressionBody(json: unknown): ExpressionBody {
  let size = 0;
  const ready = (value: unknown, depth: number): unknown => {
    size += typeof value === 'string' ? value.length : 1;
    if (typeof value !== 'object' || value === null) return value;
    if (depth > deepest) throw new RangeError(`The body is nested deeper than ${deepest} levels.`);
    if (Array.isArray(value)) return value.map((item) => ready(item, depth + 1));
    // A map, because cel-js tells what an object is by its `constructor`, which a member of that name would pretend to be.
    const members = new Map<string, unknown>();
    for (const [name, member] of Object.entries(value)) {
      size += name.length;
      members.set(name, ready(member, depth + 1));
    }
    return members;
  };
  return { body: ready(json, 0), size };
}

export function bodyEnvironment(): Environment {
  const environment = new Environment({
    limits: { maxDepth: 64, maxAstNodes: 1_000, maxListElements: 1_000 },
    homogeneousAggregateLiterals: false,
    // `body.?a.?b.orValue("")` for what may be missing
    enableOptionalTypes: true,
  });
  environment.registerVariable('body', 'dyn');
  // The numbers of JSON are doubles and a literal is an int; CEL alone would refuse `body.count + 1`.
  const arithmetic: readonly (readonly [string, (a: number, b: number) => number])[] = [
    ['+', (a, b) => a + b],
    ['-', (a, b) => a - b],
    ['*', (a, b) => a * b],
    ['/', (a, b) => a / b],
  ];
  for (const [operator, apply] of arithmetic) {
    const mixed = (a: number | bigint, b: number | bigint) => apply(Number(a), Number(b));
    environment.registerOperator(`double ${operator} int: double`, mixed);
    environment.registerOperator(`int ${operator} double: double`, mixed);
  }
  registerBounded(environment);
  registerRegex(environment);
  return environment;
}

/**
 * What an expression gave, as JSON: integers as numbers, a timestamp as RFC 3339, a duration as seconds.
 * @throws Error for what JSON cannot say (bytes, a type)
 */
export function jsonOf(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(jsonOf);
  if (value instanceof Date) return value.toISOString();
  if (value instanceof UnsignedInt) return Number(value.value);
  if (value instanceof Duration) return value.valueOf() / 1_000;
  if (value instanceof Map)
    return Object.fromEntries([...value].map(([name, member]) => [String(name), jsonOf(member)]));
  if (value instanceof Optional) return value.hasValue() ? jsonOf(value.value()) : null;
  if (Object.getPrototypeOf(value) === Object.prototype) {
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, jsonOf(member)]));
  }
  throw new Error('The expression gives something that is no JSON.');
}
