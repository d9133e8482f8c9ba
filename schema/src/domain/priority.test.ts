import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { builtInMatrix, levels, matrixProblem, priorityOf } from './priority.js';
import { severities } from './severity.js';

const cell = fc.constantFrom(1 as const, 2 as const, 3 as const, 4 as const);
const row = fc.tuple(cell, cell, cell);
const matrices = fc.tuple(row, row, row);
const rising = (a: number, b: number) => a - b;
/** Sorted along both ways: what is accepted, and now and then what is not far from it. */
const risingMatrices = matrices.map((cells) => {
  const rows = cells.map((each) => each.toSorted(rising));
  return rows.map((each, i) => each.map((_, j) => rows.map((other) => other[j] ?? 4).toSorted(rising)[i] ?? 4));
});

describe('the priority matrix', () => {
  it('follows the severity where nobody set impact and urgency', () => {
    expect(severities.map((severity) => priorityOf(severity, null, null, builtInMatrix))).toEqual([1, 2, 3, 4, 4]);
  });

  it('never gives a greater impact or urgency a lower priority, once it is accepted', () => {
    const level = fc.constantFrom(...levels);
    fc.assert(
      fc.property(risingMatrices, level, level, level, (matrix, a, b, other) => {
        expect(matrixProblem(matrix)).toBeNull();
        const [greater, lesser] = a < b ? [a, b] : [b, a];
        expect(priorityOf('low', greater, other, matrix)).toBeLessThanOrEqual(priorityOf('low', lesser, other, matrix));
        expect(priorityOf('low', other, greater, matrix)).toBeLessThanOrEqual(priorityOf('low', other, lesser, matrix));
      }),
    );
  });

  it('is accepted exactly when neighbours never fall', () => {
    fc.assert(
      fc.property(fc.oneof(matrices, risingMatrices), (matrix) => {
        const rises = [0, 1, 2].every((i) =>
          [0, 1].every(
            (j) =>
              (matrix[i]?.[j] ?? 0) <= (matrix[i]?.[j + 1] ?? 0) && (matrix[j]?.[i] ?? 0) <= (matrix[j + 1]?.[i] ?? 0),
          ),
        );
        expect(matrixProblem(matrix) === null).toBe(rises);
      }),
    );
  });

  it.each([
    [null],
    [[[1, 2, 3]]],
    [
      [
        [1, 1, 2],
        [1, 2, 3],
        [2, 3, 5],
      ],
    ],
    [
      [
        [1, 1, 2],
        [1, 2, 3],
        [2, 3],
      ],
    ],
    ['x'],
  ])('refuses %j', (cells) => {
    expect(matrixProblem(cells)).toMatchObject({ code: 'INVALID_INPUT', field: 'cells' });
  });
});
