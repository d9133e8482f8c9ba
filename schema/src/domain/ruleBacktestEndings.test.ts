import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Endings } from './ruleBacktestEndings.js';

it('ends come out in the order in which they are due, each once', () => {
  const step = fc.oneof(fc.record({ add: fc.nat(100) }), fc.record({ take: fc.nat(100) }));
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
        expect(taken).toEqual(expected.toSorted((a, b) => a.due - b.due || a.index - b.index));
        waiting = waiting.filter(({ due }) => due > each.take);
      }
    }),
  );
});
