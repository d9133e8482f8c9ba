import { z } from 'zod';
import { severities, type Severity } from '../severity.js';
import type { Format } from './format.js';

const cell = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)], 'is a priority from 1 to 4');
const matrix = z.array(z.array(cell).length(3)).length(3);
export type MatrixEntry = z.output<typeof matrix>;

/** Rows are the impact, columns the urgency, high first. */
export const matrixFormat: Format<MatrixEntry> = {
  key: 'priorityMatrix',
  what: 'priority matrix',
  shape: matrix,
  isSingle: true,
  nameOf: () => 'impact × urgency',
  yaml: (rows) => rows,
};

const criteria = z.partialRecord(z.enum(severities), z.string().trim());
export type CriteriaEntry = z.output<typeof criteria>;

/** The text of each severity, the worst first; '' where nothing is said. */
export function criteriaTexts(entry: CriteriaEntry): readonly { severity: Severity; criteria: string }[] {
  return severities.map((severity) => ({ severity, criteria: entry[severity] ?? '' }));
}

export const criteriaFormat: Format<CriteriaEntry> = {
  key: 'severityCriteria',
  what: 'severity criteria',
  shape: criteria,
  isSingle: true,
  nameOf: () => 'all severities',
  yaml: (entry) =>
    Object.fromEntries(
      criteriaTexts(entry).flatMap(({ severity, criteria: said }) => (said === '' ? [] : [[severity, said]])),
    ),
};
