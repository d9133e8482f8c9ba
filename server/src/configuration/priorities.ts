import {
  type CriteriaEntry,
  criteriaFormat,
  criteriaTexts,
  type MatrixEntry,
  matrixFormat,
} from '@tocsin/schema/domain/configuration/priorities';
import { priorityMatrix, savePriorityMatrixIn } from '@tocsin/schema/postgres/priorityMatrix';
import { saveSeverityCriteriaIn, severityCriteria } from '@tocsin/schema/postgres/severityCriteria';
import { optionalText } from '../resolvers/input.js';
import { section } from './section.js';

export const matrixSection = section<MatrixEntry>({
  format: matrixFormat,
  read: async (db) => [{ id: null, entry: (await priorityMatrix(db)).cells.map((row) => [...row]) }],
  settle: (matrix) => matrix,
  save: async (db, _, matrix, __, edit) => savePriorityMatrixIn(db, matrix, (await priorityMatrix(db)).version, edit),
  remove: null,
});

const longestCriteria = 4_000;

/** A severity that the section leaves out has no criteria. */
export const criteriaSection = section<CriteriaEntry>({
  format: criteriaFormat,
  read: async (db) => {
    const said = (await severityCriteria(db)).map(({ severity, criteria }) => [severity, criteria]);
    return [{ id: null, entry: criteriaFormat.shape.parse(Object.fromEntries(said)) }];
  },
  settle: (entry) => entry,
  save: async (db, _, entry, __, edit) => {
    const texts = criteriaTexts(entry).map(({ severity, criteria }) => ({
      severity,
      criteria: optionalText(severity, criteria, longestCriteria) ?? '',
    }));
    return saveSeverityCriteriaIn(db, texts, edit);
  },
  remove: null,
});
