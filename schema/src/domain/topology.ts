import type { CatalogueService } from './service.js';
import { nameKey, partsOf, spellingsOf, withoutAffixes } from './topologyNames.js';

/** What of a service the graph is made of. */
export type TopologyService = Omit<CatalogueService, 'runbookUrl'>;

/** How one service is reached from another: the number of steps and the service before it on the way. */
export interface Reached {
  readonly hops: number;
  readonly via: string;
}

/** More neighbours than this are not looked at: everything depends on a message bus, which then tells nothing. */
const neighbourLimit = 80;

/**
 * The service catalogue as a graph, built once for each version of it. Everything works with an empty one.
 * Dependencies may form cycles. Services are named as in the catalogue.
 */
export class Topology {
  readonly #services = new Map<string, TopologyService>();
  readonly #keys = new Map<string, TopologyService | null>();
  readonly #dependsOn = new Map<string, readonly string[]>();
  readonly #dependents = new Map<string, string[]>();
  readonly #soleOfNamespace = new Map<string, TopologyService | null>();
  readonly #resolved = new Map<string, TopologyService | null>();
  readonly #reached = new Map<string, ReadonlyMap<string, Reached>>();

  constructor(services: readonly TopologyService[]) {
    for (const service of services) {
      this.#services.set(service.name, service);
      for (const name of [service.name, ...service.aliases]) this.#keys.set(nameKey(name), service);
      const namespace = nameKey(service.namespace ?? '');
      if (namespace !== '') this.#soleOfNamespace.set(namespace, this.#soleOfNamespace.has(namespace) ? null : service);
    }
    // `payment` finds `payment-service` where no other service could be meant.
    const shortened = new Map<string, TopologyService | null>();
    for (const service of services) {
      const short = withoutAffixes(nameKey(service.name));
      if (!this.#keys.has(short)) shortened.set(short, shortened.has(short) ? null : service);
    }
    for (const [short, service] of shortened) this.#keys.set(short, service);
    for (const service of services) this.#connect(service);
  }

  get size(): number {
    return this.#services.size;
  }

  get(name: string): TopologyService | null {
    return this.#services.get(name) ?? null;
  }

  /** The service that a name means, in any spelling: an alias, a pod, `rates.shop.svc`, `prod-rates`, `shop/rates`. */
  resolve(name: string): TopologyService | null {
    return this.#remember(name, () => {
      for (const key of spellingsOf(name)) {
        const found = this.#keys.get(key);
        if (found) return found;
      }
      return null;
    });
  }

  /** The service that a resource is called after: `notify-cg`, `session-cache-main`, `api.mail-relay.example`. Less sure than a name. */
  mentionedIn(resource: string): TopologyService | null {
    return this.#remember(`?${resource}`, () => {
      const exact = this.resolve(resource);
      if (exact) return exact;
      for (const part of partsOf(resource)) {
        const found = this.#keys.get(part);
        if (found) return found;
      }
      return null;
    });
  }

  /** The only service of a namespace; null where there are more, or none. */
  soleOfNamespace(namespace: string): TopologyService | null {
    return this.#soleOfNamespace.get(nameKey(namespace)) ?? null;
  }

  /** What a service depends on within so many steps, the nearest first. */
  dependencies(name: string, maxHops: number): ReadonlyMap<string, Reached> {
    return this.#reach('>', this.#dependsOn, name, maxHops);
  }

  /** What depends on a service within so many steps, the nearest first. */
  dependents(name: string, maxHops: number): ReadonlyMap<string, Reached> {
    return this.#reach('<', this.#dependents, name, maxHops);
  }

  /** The services from one to the other along dependencies, both included; null where there is no such way. */
  path(from: string, to: string, maxHops: number): readonly string[] | null {
    const reached = this.dependencies(from, maxHops);
    if (!reached.has(to)) return null;
    const path = [to];
    for (let at = to; at !== from;) {
      at = reached.get(at)?.via ?? from;
      path.unshift(at);
    }
    return path;
  }

  /** What both depend on within so many steps. */
  sharedDependencies(a: string, b: string, maxHops: number): readonly string[] {
    const other = this.dependencies(b, maxHops);
    return [...this.dependencies(a, maxHops).keys()].filter((name) => other.has(name));
  }

  #connect(service: TopologyService): void {
    const names = new Set<string>();
    for (const name of service.dependsOn) {
      const target = this.#services.get(name) ?? this.#keys.get(nameKey(name));
      if (target && target !== service) names.add(target.name);
    }
    this.#dependsOn.set(service.name, [...names]);
    for (const name of names) {
      const callers = this.#dependents.get(name);
      if (callers === undefined) this.#dependents.set(name, [service.name]);
      else callers.push(service.name);
    }
  }

  #reach(
    direction: string,
    edges: ReadonlyMap<string, readonly string[]>,
    from: string,
    maxHops: number,
  ): ReadonlyMap<string, Reached> {
    const key = `${direction}${maxHops}${from}`;
    const known = this.#reached.get(key);
    if (known !== undefined) return known;
    const reached = new Map<string, Reached>();
    let frontier = [from];
    for (let hops = 1; hops <= maxHops && reached.size < neighbourLimit; hops++) {
      const next: string[] = [];
      for (const via of frontier) {
        for (const name of edges.get(via) ?? []) {
          if (name === from || reached.has(name) || reached.size >= neighbourLimit) continue;
          reached.set(name, { hops, via });
          next.push(name);
        }
      }
      frontier = next;
    }
    this.#reached.set(key, reached);
    return reached;
  }

  /** Pods come and go, so what was resolved is forgotten once it is much. */
  #remember(key: string, find: () => TopologyService | null): TopologyService | null {
    if (this.#services.size === 0) return null;
    const known = this.#resolved.get(key);
    if (known !== undefined) return known;
    if (this.#resolved.size > 50_000) this.#resolved.clear();
    const found = find();
    this.#resolved.set(key, found);
    return found;
  }
}

export const emptyTopology = new Topology([]);
