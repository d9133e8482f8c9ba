import { describe, expect, it } from 'vitest';
import { whyNodes, withAnotherWhy, withoutWhy } from './whyTree.ts';

const why = (id: string, parentId: string | null) => ({ id, parentId, question: '', answer: '' });

describe('the five whys on screen', () => {
  it('hang together by the answer that they ask about', () => {
    const nodes = whyNodes([why('b', 'a'), why('a', null), why('c', 'b'), why('lost', 'nowhere')]);
    expect(nodes.map(({ id, depth, children }) => [id, depth, children.map((child) => child.id)])).toEqual([
      ['a', 1, ['b']],
    ]);
    expect(nodes[0]?.children[0]?.children).toMatchObject([{ id: 'c', depth: 3 }]);
  });

  it('end where a circle would go on for ever', () => expect(whyNodes([why('a', 'b'), why('b', 'a')])).toEqual([]));

  it('go with all that asks about them', () => {
    const all = [why('c', 'b'), why('b', 'a'), why('a', null), why('d', null)];
    expect(withoutWhy(all, 'a').map(({ id }) => id)).toEqual(['d']);
    expect(withoutWhy(all, 'c').map(({ id }) => id)).toEqual(['b', 'a', 'd']);
  });

  it('are added behind the others', () =>
    expect(withAnotherWhy([why('a', null)], 'a', 'new').at(-1)).toEqual(why('new', 'a')));
});
