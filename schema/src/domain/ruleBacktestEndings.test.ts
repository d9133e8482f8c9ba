import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Endings } from './ruleBacktestEndings.js';

it('ends come out in the order in which they are due, each once', () => {
  const step = fc.oneof(fc.record({ add: fc.nat(1_000) }), fc.record({ take: fc.nat(1_000) }));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const endings = new Endings();
      let waiting: { due: number; index: number }[] = [];
      for (const [index, each] of steps.entries()) {
        if ('add' in each) {
          endings.add(each.add, index, each.add + 1);
          waiting.push({ due: each.add, index });
          continue;
        }
        const taken: { due: number; index: number }[] = [];
        endings.takeUntil(each.take, (taker, endsAt) => taken.push({ due: endsAt - 1, index: taker }));
        const expected = waiting.filter(({ due }) => due <= each.take);
        expect(taken.map(({ due }) => due)).toEqual(expected.map(({ due }) => due).toSorted((a, b) => a - b));
        expect(new Set(taken.map((end) => end.index))).toEqual(new Set(expected.map((end) => end.index)));
        waiting = waiting.filter(({ due }) => due > each.take);
      }
    }),
  );
});
