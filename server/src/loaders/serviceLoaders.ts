import { dependantsOf, nameKey } from '@tocsin/schema/domain/service';
import { Topology } from '@tocsin/schema/domain/topology';
import { suppressedAlertCounts } from '@tocsin/schema/postgres/maintenance';
import { suppressionsOf, type StoredSuppression } from '@tocsin/schema/postgres/maintenanceAlerts';
import type { Pool } from '@tocsin/schema/postgres/pool';
import { catalogueVersion, loadCatalogue, loadServices, type StoredService } from '@tocsin/schema/postgres/service';
import { serviceHealth, type ServiceHealth } from '@tocsin/schema/postgres/serviceHealth';
import DataLoader from 'dataloader';

export interface ServiceLoaders {
  /** The whole catalogue, read once for a request. */
  readonly catalogue: () => Promise<readonly StoredService[]>;
  /** The catalogue as a graph; built again only when it has changed. */
  readonly topology: () => Promise<Topology>;
  /** Who keeps an alert quiet. */
  readonly suppression: DataLoader<number, StoredSuppression | null>;
  readonly serviceHealth: DataLoader<StoredService, ServiceHealth, number>;
  /** Names of the services that depend on the one of this name. */
  readonly dependedOnBy: (name: string) => Promise<readonly string[]>;
  /** How many alerts a maintenance window kept quiet. */
  readonly suppressedAlertCount: DataLoader<number, number>;
}

export function createServiceLoaders(pool: Pool): ServiceLoaders {
  const catalogue = once(() => loadServices(pool));
  const dependants = once(async () => dependantsOf(await catalogue()));
  return {
    catalogue,
    topology: once(() => topologyOf(pool)),
    suppression: new DataLoader(async (ids) => {
      const suppressions = await suppressionsOf(pool, ids, Date.now());
      return ids.map((id) => suppressions.get(id) ?? null);
    }),
    serviceHealth: new DataLoader((services) => serviceHealth(pool, services), { cacheKeyFn: ({ id }) => id }),
    dependedOnBy: async (name) => (await dependants()).get(nameKey(name)) ?? [],
    suppressedAlertCount: new DataLoader(async (ids) => {
      const counts = await suppressedAlertCounts(pool, ids);
      return ids.map((id) => counts.get(id) ?? 0);
    }),
  };
}

const topologies = new WeakMap<Pool, { readonly version: number; readonly topology: Topology }>();

async function topologyOf(pool: Pool): Promise<Topology> {
  const known = topologies.get(pool);
  if (known !== undefined && known.version === (await catalogueVersion(pool))) return known.topology;
  const { version, services } = await loadCatalogue(pool);
  const topology = new Topology(services);
  topologies.set(pool, { version, topology });
  return topology;
}

function once<T>(work: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | null = null;
  return () => (result ??= work());
}
