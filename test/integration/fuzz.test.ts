import { sourceKinds } from '@tocsin/schema/domain/source';
import { expect, it } from 'vitest';
import { fromRoot } from '../support/root.js';
import { fuzz } from '../fuzz/run.js';

const fixturesIn = fromRoot('ingest/src/sources');

it.each([1, 2])('1,500 mutated requests of every adapter crash nothing and are answered (seed %i)', async (seed) => {
  const report = await fuzz({ fixturesIn, seed, goOn: (requests) => requests < 1_500 });
  expect(report.findings).toEqual([]);
  expect(report.requests).toBe(1_500);
  // Else the mutations would have broken everything, or nothing.
  expect(report.statuses['200']).toBeGreaterThan(200);
  expect(report.statuses['400']).toBeGreaterThan(200);
  expect(Object.keys(report.slowest).toSorted()).toEqual([...sourceKinds].toSorted());
});
