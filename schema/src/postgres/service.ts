import type { Catalogue, CatalogueService } from '../domain/service.js';
import { configurationVersion } from './configurationVersion.js';
import type { Queryable } from './pool.js';

/** A service with its row's id. */
export interface StoredService extends CatalogueService {
  readonly id: number;
  readonly escalationPolicyId: number | null;
}

interface ServiceRow {
  readonly id: number;
  readonly name: string;
  readonly kind: string;
  readonly environments: readonly string[];
  readonly namespace: string | null;
  readonly team: string | null;
  readonly tier: number | null;
  readonly runbook_url: string | null;
  readonly aliases: readonly string[];
  readonly depends_on: readonly string[] | null;
  readonly policy_id: number | null;
  readonly policy: string | null;
}

/** The whole catalogue (5,000 services at most) in the order of the names, dependencies in the order they were given. */
export async function loadServices(db: Queryable): Promise<readonly StoredService[]> {
  const { rows } = await db.query<ServiceRow>({
    name: 'services',
    text: `select s.id, s.name, kind, environments, namespace, team, tier, runbook_url, aliases, depends_on,
                  p.id as policy_id, p.name as policy
             from service s left join escalation_policy p on p.id = s.escalation_policy_id
             left join (select service_id, array_agg(target order by ordinal) as depends_on
                          from service_dependency group by service_id) as d on d.service_id = s.id
            order by s.name_key`,
  });
  return rows.map(
    ({ runbook_url: runbookUrl, depends_on: dependsOn, policy_id: escalationPolicyId, policy, ...row }) => ({
      ...row,
      runbookUrl,
      dependsOn: dependsOn ?? [],
      escalationPolicyId,
      escalationPolicy: policy,
    }),
  );
}

/** What the topology is built from. `version` moves with every edit, so that what was built of it can be kept. */
export async function loadCatalogue(db: Queryable): Promise<Catalogue> {
  // In this order: an edit between the two makes the version older than the services, and the next look loads them again.
  const version = await catalogueVersion(db);
  const services = await loadServices(db);
  return { version, services };
}

export function catalogueVersion(db: Queryable): Promise<number> {
  return configurationVersion(db, 'services');
}
