/** A service as the layout sees it. Names of services that are not in the list are ignored. */
export interface MapInput {
  readonly name: string;
  readonly dependsOn: readonly string[];
}

/** The services, and behind them whatever they depend on that the catalogue does not have. */
export function withOutside(services: readonly MapInput[]): readonly MapInput[] {
  const known = new Set(services.map(({ name }) => name));
  const outside = new Set(services.flatMap(({ dependsOn }) => dependsOn).filter((name) => !known.has(name)));
  return [...services, ...[...outside].map((name) => ({ name, dependsOn: [] }))];
}

export interface MapEdge {
  readonly from: string;
  readonly to: string;
}

export interface Layers {
  /** Columns from left to right: what nobody depends on comes first. */
  readonly layers: readonly (readonly string[])[];
  /** Every dependency, with the points between the columns that it passes. */
  readonly routes: readonly MapRoute[];
  /** Services without any dependency in either direction. */
  readonly loose: readonly string[];
}

export interface MapRoute extends MapEdge {
  /** Against the direction of the columns: part of a circle of dependencies. */
  readonly isBackward: boolean;
  /** Column by column from the left end to the right end; the inner ones are places kept free for the line. */
  readonly stops: readonly string[];
}

function edgesOf(services: readonly MapInput[]): readonly MapEdge[] {
  const known = new Set(services.map(({ name }) => name));
  return services.flatMap(({ name, dependsOn }) =>
    [...new Set(dependsOn)].filter((to) => known.has(to) && to !== name).map((to) => ({ from: name, to })),
  );
}

/** The second of each pair, gathered under the first. */
export function gathered(pairs: readonly (readonly [string, string])[]): ReadonlyMap<string, readonly string[]> {
  const lists = new Map<string, string[]>();
  for (const [key, value] of pairs) {
    const list = lists.get(key);
    if (list) list.push(value);
    else lists.set(key, [value]);
  }
  return lists;
}

const keyOf = ({ from, to }: MapEdge): string => JSON.stringify([from, to]);

/** The edges that close a circle, found by a walk in depth; taken backward, the rest has none. */
function backwardKeys(names: readonly string[], next: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const backward = new Set<string>();
  const state = new Map<string, 'open' | 'done'>();
  const visit = (name: string): void => {
    state.set(name, 'open');
    for (const to of next.get(name) ?? []) {
      if (state.get(to) === 'open') backward.add(keyOf({ from: name, to }));
      else if (!state.has(to)) visit(to);
    }
    state.set(name, 'done');
  };
  for (const name of names) if (!state.has(name)) visit(name);
  return backward;
}

/** The column of each service: one behind the last of those that depend on it. */
function columnsOf(names: readonly string[], edges: readonly MapEdge[]): ReadonlyMap<string, number> {
  const column = new Map(names.map((name) => [name, 0]));
  const waiting = new Map(names.map((name) => [name, edges.filter(({ to }) => to === name).length]));
  const ready = names.filter((name) => waiting.get(name) === 0);
  for (let name = ready.shift(); name !== undefined; name = ready.shift()) {
    for (const { to } of edges.filter(({ from }) => from === name)) {
      column.set(to, Math.max(column.get(to) ?? 0, (column.get(name) ?? 0) + 1));
      const left = (waiting.get(to) ?? 0) - 1;
      waiting.set(to, left);
      if (left === 0) ready.push(to);
    }
  }
  return column;
}

/** A service that needs more than need it moves right, next to what it needs: fewer long lines that way. */
function tightened(column: ReadonlyMap<string, number>, edges: readonly MapEdge[]): ReadonlyMap<string, number> {
  const result = new Map(column);
  for (const [name] of [...column].toSorted(([, one], [, other]) => other - one)) {
    const needs = edges.filter(({ from }) => from === name);
    if (needs.length <= edges.filter(({ to }) => to === name).length) continue;
    result.set(name, Math.min(...needs.map(({ to }) => result.get(to) ?? 0)) - 1);
  }
  return result;
}

/** Who stands in which column, and which way each dependency takes through them. */
export function layerServices(services: readonly MapInput[]): Layers {
  const edges = edgesOf(services);
  const linked = new Set(edges.flatMap(({ from, to }) => [from, to]));
  const names = services.map(({ name }) => name).filter((name) => linked.has(name));
  const backward = backwardKeys(names, gathered(edges.map(({ from, to }) => [from, to])));
  const forward = edges.map((edge) => (backward.has(keyOf(edge)) ? { from: edge.to, to: edge.from } : edge));
  const column = tightened(columnsOf(names, forward), forward);
  const layers: string[][] = Array.from({ length: Math.max(-1, ...column.values()) + 1 }, () => []);
  for (const name of names) layers[column.get(name) ?? 0]?.push(name);
  const routes = edges.map((edge, index): MapRoute => {
    const { from: left, to: right } = forward[index] ?? edge;
    const between = (column.get(right) ?? 0) - (column.get(left) ?? 0) - 1;
    const free = Array.from({ length: Math.max(0, between) }, (_, step) => `${keyOf(edge)}#${step}`);
    for (const [step, stop] of free.entries()) layers[(column.get(left) ?? 0) + 1 + step]?.push(stop);
    return { ...edge, isBackward: backward.has(keyOf(edge)), stops: [left, ...free, right] };
  });
  return { layers, routes, loose: services.map(({ name }) => name).filter((name) => !linked.has(name)) };
}
