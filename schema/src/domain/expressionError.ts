/** Why an expression is refused, and where. `position` counts UTF-16 units from 0; `line` and `column` count from 1. */
export interface ExpressionError {
  readonly message: string;
  readonly position: number;
  readonly line: number;
  readonly column: number;
}

/** Thrown inside the compiler only; {@link compileExpression} answers it as a value. */
export class ExpressionRefusal extends Error {
  override readonly name = 'ExpressionRefusal';
  readonly position: number;
  constructor(message: string, position: number) {
    super(message);
    this.position = position;
  }
}

export function expressionError(text: string, message: string, position: number): ExpressionError {
  const at = Math.min(Math.max(position, 0), text.length);
  const before = text.slice(0, at).split('\n');
  return { message, position: at, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
