import type { TopologyService } from '@tocsin/schema/domain/topology';

const both = ['production', 'staging'];
const service = (name: string, dependsOn: readonly string[] = [], environments = both): TopologyService => {
  const rest = { kind: 'api', namespace: null, team: null, tier: null, aliases: [] };
  return { ...rest, name, dependsOn, environments };
};

/** web → cart → stock → stock-db, web → ads; mail and bills → post (a provider, the same everywhere); four alone. */
export const catalogue: readonly TopologyService[] = [
  service('web', ['cart', 'ads']),
  service('cart', ['stock']),
  service('stock', ['stock-db']),
  service('stock-db'),
  service('ads'),
  service('mail', ['post']),
  service('bills', ['post']),
  service('post', [], []),
  ...['harbour', 'lamp', 'kiosk', 'quay'].map((name) => service(name)),
];
