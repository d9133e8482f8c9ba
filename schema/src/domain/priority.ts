import type { DomainError } from './errors.js';
import type { Severity } from './severity.js';

/** 1 is high. */
export type Level = 1 | 2 | 3;
/** 1 comes first. */
export type Priority = 1 | 2 | 3 | 4;
/** cells[impact-1][urgency-1] */
export type PriorityMatrix = readonly (readonly Priority[])[];

export const levels = [1, 2, 3] as const satisfies readonly Level[];
export const builtInMatrix: PriorityMatrix = [
  [1, 1, 2],
  [1, 2, 3],
  [2, 3, 4],
];

/** Impact and urgency of a severity where nobody set them. */
export const levelsOfSeverity: Readonly<Record<Severity, readonly [impact: Level, urgency: Level]>> = {
  critical: [1, 1],
  high: [1, 3],
  medium: [2, 3],
  low: [3, 3],
  info: [3, 3],
};

/** Impact and urgency that nobody set follow the severity. */
export function priorityOf(
  severity: Severity,
  impact: Level | null,
  urgency: Level | null,
  matrix: PriorityMatrix,
): Priority {
  const [usualImpact, usualUrgency] = levelsOfSeverity[severity];
  return matrix[(impact ?? usualImpact) - 1]?.[(urgency ?? usualUrgency) - 1] ?? 4;
}

export function isLevel(value: unknown): value is Level {
  return value === 1 || value === 2 || value === 3;
}

export function isPriority(value: unknown): value is Priority {
  return isLevel(value) || value === 4;
}

/** Three by three, each 1–4, and never a lower priority for a greater impact or urgency. */
export function matrixProblem(cells: unknown): DomainError | null {
  const matrix = matrixOf(cells);
  if (matrix === null) return wrong('cells', 'The matrix has three rows of three priorities, each from 1 to 4.');
  for (const [row, values] of matrix.entries()) {
    for (const [column, value] of values.entries()) {
      const above = matrix[row - 1]?.[column];
      const before = matrix[row]?.[column - 1];
      if ((above !== undefined && above > value) || (before !== undefined && before > value)) {
        return wrong(
          `cells[${row}][${column}]`,
          `A greater impact or urgency must never give a lower priority: P${value} stands below or after one that comes later.`,
        );
      }
    }
  }
  return null;
}

/** The cells as a matrix, or null where they are none. */
export function matrixOf(cells: unknown): PriorityMatrix | null {
  if (!Array.isArray(cells) || cells.length !== 3) return null;
  const rows = cells.map((row: unknown) => (Array.isArray(row) && row.length === 3 ? row.filter(isPriority) : []));
  return rows.every((row) => row.length === 3) ? rows : null;
}

function wrong(field: string, message: string): DomainError {
  return { code: 'INVALID_INPUT', message, field };
}
