import type { Topology } from './topology.js';

/** How far along dependencies one failure is looked for behind another. */
const originHops = 4;

/**
 * The affected services that no other affected service explains: those that depend on nothing affected. Services that
 * depend on each other explain each other, so both stay.
 */
export function unexplainedServices(services: readonly string[], topology: Topology): readonly string[] {
  const affected = new Set(services);
  return services.filter((service) => isUnexplained(service, affected, topology));
}

/** The same for one of them. */
export function isUnexplained(service: string, affected: ReadonlySet<string>, topology: Topology): boolean {
  for (const name of topology.dependencies(service, originHops).keys()) {
    if (affected.has(name) && !topology.dependencies(name, originHops).has(service)) return false;
  }
  return true;
}

/**
 * The affected service furthest down the dependency direction: of those that nothing affected explains, the one that most
 * of the others depend on, and of equals the first affected. Null where nothing is affected.
 */
export function probableOrigin(services: readonly string[], topology: Topology): string | null {
  let origin: string | null = null;
  let most = -1;
  for (const service of unexplainedServices(services, topology)) {
    const dependents = topology.dependents(service, originHops);
    const count = services.filter((name) => dependents.has(name)).length;
    if (count <= most) continue;
    most = count;
    origin = service;
  }
  return origin;
}
