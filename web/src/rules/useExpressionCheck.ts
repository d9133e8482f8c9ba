import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from 'urql';
import { checkExpressionQuery } from './rulesQueries.ts';

export interface ExpressionFault {
  readonly message: string;
  /** From 1; null where the whole is wrong rather than a place in it. */
  readonly line: number | null;
  readonly column: number | null;
}

export interface ExpressionCheck {
  readonly state: 'empty' | 'checking' | 'valid' | 'invalid' | 'unknown';
  readonly fault: ExpressionFault | null;
}

const settleMs = 300;

/** Asks the server, shortly after the last key, whether an expression compiles. */
export function useExpressionCheck(text: string): ExpressionCheck {
  const expression = text.trim() === '' ? '' : text;
  const [settled] = useDebouncedValue(expression, settleMs);
  const [{ data, error, fetching }] = useQuery({
    query: checkExpressionQuery,
    variables: { expression: settled },
    pause: settled === '',
  });
  if (expression === '') return { state: 'empty', fault: null };
  if (settled !== expression || fetching) return { state: 'checking', fault: null };
  const check = data?.checkExpression;
  if (error || !check) return { state: 'unknown', fault: null };
  if (check.isValid) return { state: 'valid', fault: null };
  const { message, line, column } = check;
  return { state: 'invalid', fault: { message: message ?? 'This does not compile.', line, column } };
}
