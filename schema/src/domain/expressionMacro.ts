import type { ASTNode, Environment } from '@marcbachmann/cel-js';
import { chargeLoop } from './expressionBudget.js';
import { ExpressionRefusal } from './expressionError.js';

/** What of cel-js's macro protocol we use; its declarations leave it untyped. */
interface MacroType {
  readonly name: string;
  readonly kind: string;
}
interface Checker {
  readonly check: (node: ASTNode, context: unknown) => MacroType;
  readonly getType: (name: string) => MacroType;
}
interface Evaluator {
  readonly run: (node: ASTNode, context: unknown) => unknown;
}
export interface MacroCall {
  readonly args: readonly ASTNode[];
}
export interface Macro {
  readonly async: false;
  readonly typeCheck: (checker: Checker, macro: unknown, context: unknown) => MacroType;
  readonly evaluate: (evaluator: Evaluator, macro: unknown, context: unknown) => unknown;
}

/** Names that only the compiler writes, around parts of the expression: see expressionRewrite.ts. */
export const orEmptyMacro = 'orEmpty';
export const boundedMacro = 'bounded';

/** `orEmpty(labels.team)`: '' where the label is missing, instead of an error that would end the rule. */
export function registerOrEmpty(environment: Environment): void {
  environment.registerFunction(`${orEmptyMacro}(ast): string`, ({ args }: MacroCall): Macro => {
    const access = only(args);
    if (access.op !== '.' && access.op !== '[]') throw new ExpressionRefusal('Not a label.', access.start);
    const [record, key] = access.args;
    return {
      async: false,
      typeCheck: (checker, _macro, context) => checker.check(access, context),
      evaluate(evaluator, _macro, context) {
        const name = typeof key === 'string' ? key : evaluator.run(key, context);
        const labels = evaluator.run(record, context);
        return typeof name === 'string' ? valueOf(labels, name) : '';
      },
    };
  });
}

function valueOf(labels: unknown, name: string): unknown {
  if (labels instanceof Map) return labels.get(name) ?? '';
  return typeof labels === 'object' && labels !== null && Object.hasOwn(labels, name) ? Reflect.get(labels, name) : '';
}

/** `bounded(list)`: the list, unless a loop over it would cost more than an evaluation may. */
export function registerBounded(environment: Environment): void {
  environment.registerFunction(`${boundedMacro}(ast): dyn`, ({ args }: MacroCall): Macro => {
    const list = only(args);
    return {
      async: false,
      typeCheck: (checker, _macro, context) => checker.check(list, context),
      evaluate(evaluator, _macro, context) {
        const value = evaluator.run(list, context);
        chargeLoop(sizeOf(value));
        return value;
      },
    };
  });
}

function sizeOf(value: unknown): number {
  if (Array.isArray(value)) return value.length;
  if (value instanceof Map || value instanceof Set) return value.size;
  return typeof value === 'object' && value !== null ? Object.keys(value).length : 0;
}

function only(args: readonly ASTNode[]): ASTNode {
  const [first] = args;
  if (first === undefined) throw new ExpressionRefusal('An argument is missing.', 0);
  return first;
}
