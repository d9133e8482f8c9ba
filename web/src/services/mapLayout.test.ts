import { describe, expect, it } from 'vitest';
import { layerServices, withOutside } from './mapLayers.ts';
import { layoutServices, nodeHeight } from './mapLayout.ts';
import { fitting, zoomed } from './panZoomView.ts';

const service = (name: string, ...dependsOn: readonly string[]) => ({ name, dependsOn });
const shop = [
  service('web', 'cart', 'search'),
  service('cart', 'db'),
  service('search'),
  service('db'),
  service('mail', 'db', 'nobody-knows'),
  service('lonely'),
];

/** Sixty services in five tiers, each needing three of the next. */
const large = Array.from({ length: 60 }, (_, index) => {
  const tier = Math.floor(index / 12);
  const next = [0, 5, 7].map((step) => `s${(tier + 1) * 12 + ((index + step) % 12)}`);
  return service(`s${index}`, ...(tier < 4 ? next : []));
});

describe('the map of services', () => {
  it('puts who depends left of what it depends on', () => {
    const { nodes } = layoutServices(shop);
    const x = new Map(nodes.map((node) => [node.name, node.x]));
    for (const { name, dependsOn } of shop) {
      for (const target of dependsOn) {
        const right = x.get(target);
        if (right !== undefined) expect(right).toBeGreaterThan(x.get(name) ?? Infinity);
      }
    }
    expect(nodes).toHaveLength(shop.length);
  });

  it('keeps services without dependencies apart, and ignores names that are no service', () => {
    const { loose, routes } = layerServices(shop);
    expect(loose).toEqual(['lonely']);
    expect(routes.map(({ to }) => to)).not.toContain('nobody-knows');
  });

  it('draws what lies outside the catalogue too, once, right of who needs it', () => {
    const { nodes, lines } = layoutServices(withOutside([...shop, service('bill', 'nobody-knows')]));
    const x = new Map(nodes.map((node) => [node.name, node.x]));
    expect(nodes.filter(({ name }) => name === 'nobody-knows')).toHaveLength(1);
    expect(lines.filter(({ to }) => to === 'nobody-knows').map(({ from }) => from)).toEqual(['mail', 'bill']);
    expect(x.get('nobody-knows')).toBeGreaterThan(x.get('mail') ?? Infinity);
  });

  it('gives a line that passes a column a place of its own there', () => {
    const { layers, routes } = layerServices([service('a', 'b', 'c'), service('b', 'c'), service('c')]);
    expect(layers.map((layer) => layer.length)).toEqual([1, 2, 1]);
    expect(routes.find(({ from, to }) => from === 'a' && to === 'c')?.stops).toHaveLength(3);
  });

  it('ends with a circle of dependencies, one line of which goes backward', () => {
    const { nodes, lines } = layoutServices([
      service('a', 'b'),
      service('b', 'c'),
      service('c', 'a'),
      service('d', 'd'),
    ]);
    expect(nodes).toHaveLength(4);
    expect(lines.map(({ isBackward }) => isBackward).filter(Boolean)).toHaveLength(1);
  });

  it('never lays one of sixty services over another', () => {
    const { nodes } = layoutServices(large);
    expect(nodes).toHaveLength(60);
    for (const one of nodes) {
      for (const other of nodes) {
        if (one.name >= other.name || one.x !== other.x) continue;
        expect(Math.abs(one.y - other.y)).toBeGreaterThan(nodeHeight);
      }
    }
  });

  it('is empty for no service', () => {
    expect(layoutServices([]).nodes).toEqual([]);
  });
});

describe('the view of the map', () => {
  it('shows the whole where it can be read, and never larger than life', () => {
    expect(fitting({ width: 1_000, height: 500 }, { width: 200, height: 100 })).toEqual({ x: 400, y: 200, scale: 1 });
    expect(fitting({ width: 300, height: 300 }, { width: 3_000, height: 3_000 }).scale).toBeGreaterThan(0.6);
  });

  it('keeps what lies under the pointer while it zooms', () => {
    const at = { x: 120, y: 80 };
    const before = { x: 20, y: 30, scale: 1 };
    const after = zoomed(before, 1.5, at);
    expect((at.x - after.x) / after.scale).toBeCloseTo((at.x - before.x) / before.scale);
    expect((at.y - after.y) / after.scale).toBeCloseTo((at.y - before.y) / before.scale);
  });
});
