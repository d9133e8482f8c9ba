import { expect, it } from 'vitest';
import { commonStretches } from './onCallGaps.js';

const stretches = (...pairs: readonly (readonly [number, number])[]) => pairs.map(([from, until]) => ({ from, until }));

it('leaves of several lists what lies in all of them', () => {
  const nights = stretches([0, 8], [18, 32]);
  const weekend = stretches([4, 20], [30, 40]);
  expect(commonStretches([nights, weekend])).toEqual(stretches([4, 8], [18, 20], [30, 32]));
  expect(commonStretches([nights, weekend, stretches([19, 31])])).toEqual(stretches([19, 20], [30, 31]));
  expect(commonStretches([nights])).toEqual(nights);
  expect(commonStretches([nights, []])).toEqual([]);
  expect(commonStretches([])).toEqual([]);
});
