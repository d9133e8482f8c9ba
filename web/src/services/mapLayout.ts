import { gathered, layerServices, type MapInput } from './mapLayers.ts';

export const nodeWidth = 150;
export const nodeHeight = 34;
const rowGap = 12;
const lineHeight = 10;
const columnGap = 44;
const sweeps = 10;

export interface MapNode {
  readonly name: string;
  /** The left upper corner, in pixels at full size. */
  readonly x: number;
  readonly y: number;
}

export interface MapLine {
  readonly from: string;
  readonly to: string;
  readonly isBackward: boolean;
  /** An SVG path from the service to what it depends on. */
  readonly path: string;
}

export interface MapLayout {
  readonly nodes: readonly MapNode[];
  readonly lines: readonly MapLine[];
  readonly width: number;
  readonly height: number;
}

type Neighbours = ReadonlyMap<string, readonly string[]>;

const mean = (values: readonly number[]): number => values.reduce((sum, each) => sum + each, 0) / values.length;

/** Each column is sorted by where its neighbours in the column before stand: few lines cross then. */
function ordered(layers: readonly (readonly string[])[], before: Neighbours, after: Neighbours): string[][] {
  const result = layers.map((layer) => [...layer]);
  const sort = (layer: string[], beside: readonly string[] | undefined, neighbours: Neighbours): void => {
    const place = new Map(beside?.map((stop, index) => [stop, index]));
    const weights = new Map(
      layer.map((stop, index) => {
        const places = (neighbours.get(stop) ?? []).flatMap((each) => place.get(each) ?? []);
        return [stop, places.length > 0 ? mean(places) : index];
      }),
    );
    layer.sort((one, other) => (weights.get(one) ?? 0) - (weights.get(other) ?? 0));
  };
  for (let sweep = 0; sweep < sweeps; sweep++) {
    if (sweep % 2 === 0) for (const [at, layer] of result.entries()) sort(layer, result[at - 1], before);
    else for (const [at, layer] of [...result.entries()].toReversed()) sort(layer, result[at + 1], after);
  }
  return result;
}

/**
 * As close as possible to where each stop would like to be, in order and without overlap. Stops that would overlap
 * form a block around the mean of their wishes (pool adjacent violators), so nothing is pushed further than it must.
 */
function spread(wanted: readonly number[], heights: readonly number[]): readonly number[] {
  const offsets: number[] = [];
  for (const [index] of wanted.entries()) {
    const previous = offsets[index - 1];
    const room = ((heights[index - 1] ?? 0) + (heights[index] ?? 0)) / 2;
    offsets.push(previous === undefined ? 0 : previous + room);
  }
  const blocks: { sum: number; count: number }[] = [];
  for (const [index, want] of wanted.entries()) {
    let block = { sum: want - (offsets[index] ?? 0), count: 1 };
    for (let last = blocks.at(-1); last && last.sum / last.count >= block.sum / block.count; last = blocks.at(-1)) {
      block = { sum: last.sum + block.sum, count: last.count + block.count };
      blocks.pop();
    }
    blocks.push(block);
  }
  const starts = blocks.flatMap(({ sum, count }) => Array.from({ length: count }, () => sum / count));
  return offsets.map((offset, index) => (starts[index] ?? 0) + offset);
}

/** How strongly a stop is drawn to its place in the column packed tight, against its neighbours. */
const gravity = 0.35;

function middles(
  layers: readonly (readonly string[])[],
  neighbours: readonly Neighbours[],
  heightOf: (stop: string) => number,
): ReadonlyMap<string, number> {
  const packed = new Map<string, number>();
  for (const layer of layers) {
    const total = layer.reduce((sum, stop) => sum + heightOf(stop), 0);
    let top = -total / 2;
    for (const stop of layer) {
      packed.set(stop, top + heightOf(stop) / 2);
      top += heightOf(stop);
    }
  }
  const middle = new Map(packed);
  for (let sweep = 0; sweep < sweeps; sweep++) {
    for (const layer of sweep % 2 === 0 ? layers : layers.toReversed()) {
      const wanted = layer.map((stop) => {
        const beside = neighbours.flatMap((each) => each.get(stop) ?? []).flatMap((each) => middle.get(each) ?? []);
        const own = packed.get(stop) ?? 0;
        return beside.length > 0 ? (1 - gravity) * mean(beside) + gravity * own : own;
      });
      const placed = spread(wanted, layer.map(heightOf));
      for (const [index, stop] of layer.entries()) middle.set(stop, placed[index] ?? 0);
    }
  }
  return middle;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** A line that leaves and enters columns level. */
function pathOf(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (!first) return '';
  let [path, from] = [`M${first.x},${first.y}`, first];
  for (const to of rest) {
    const half = (to.x - from.x) / 2;
    path += ` C${from.x + half},${from.y} ${to.x - half},${to.y} ${to.x},${to.y}`;
    from = to;
  }
  return path;
}

/** Services without dependencies stand in rows below the rest. */
function looseNodes(names: readonly string[], top: number, columns: number): readonly MapNode[] {
  return names.map((name, index) => ({
    name,
    x: (index % columns) * (nodeWidth + columnGap),
    y: top + Math.floor(index / columns) * (nodeHeight + rowGap),
  }));
}

function neighbourMaps(routes: ReturnType<typeof layerServices>['routes']): readonly [Neighbours, Neighbours] {
  const steps = routes.flatMap(({ stops }) =>
    stops.slice(1).map((right, index): readonly [string, string] => [stops[index] ?? right, right]),
  );
  return [gathered(steps.map(([left, right]) => [right, left])), gathered(steps)];
}

/**
 * Places services in columns: who depends stands left of what it depends on. Layered as by Sugiyama: circles broken,
 * longest path for the column, neighbours' mean for the order and for the height.
 */
export function layoutServices(services: readonly MapInput[]): MapLayout {
  const { layers: unordered, routes, loose } = layerServices(services);
  const [before, after] = neighbourMaps(routes);
  const layers = ordered(unordered, before, after);
  const isService = new Set(services.map(({ name }) => name));
  const heightOf = (stop: string) => (isService.has(stop) ? nodeHeight + rowGap : lineHeight);
  const middle = middles(layers, [before, after], heightOf);
  const top = Math.min(Infinity, ...middle.values());
  const yOf = (stop: string) => (middle.get(stop) ?? 0) - top + nodeHeight / 2;
  const columnOf = new Map(layers.flatMap((layer, at) => layer.map((stop) => [stop, at] as const)));
  const xOf = (stop: string) => (columnOf.get(stop) ?? 0) * (nodeWidth + columnGap);

  const nodes = layers.flatMap((layer) =>
    layer.filter((stop) => isService.has(stop)).map((name) => ({ name, x: xOf(name), y: yOf(name) - nodeHeight / 2 })),
  );
  const lines = routes.map(({ from, to, isBackward, stops }): MapLine => {
    const points = stops.flatMap((stop, index): Point[] => {
      const [x, y] = [xOf(stop), yOf(stop)];
      if (index === 0) return [{ x: x + nodeWidth, y }];
      // A long line runs level through the columns that it only passes.
      return index === stops.length - 1
        ? [{ x, y }]
        : [
            { x, y },
            { x: x + nodeWidth, y },
          ];
    });
    return { from, to, isBackward, path: pathOf(isBackward ? points.toReversed() : points) };
  });
  const columns = Math.max(layers.length, 4);
  const bottom = Math.max(0, ...nodes.map(({ y }) => y + nodeHeight + 2 * rowGap));
  const all = [...nodes, ...looseNodes(loose, bottom, columns)];
  return {
    nodes: all,
    lines,
    width: Math.max(nodeWidth, ...all.map(({ x }) => x + nodeWidth)),
    height: Math.max(nodeHeight, ...all.map(({ y }) => y + nodeHeight)),
  };
}
