import type { NormalisedAlert } from './alert.js';
import type { AlertFacts } from './correlation.js';
import { deriveFields } from './derive.js';
import type { Integration } from './source.js';

/** What correlation looks at, of an episode that starts at `startsAt` (epoch milliseconds). */
export function factsOf(
  alert: Omit<NormalisedAlert, 'startsAt' | 'endsAt' | 'status' | 'isTest' | 'parts'>,
  integration: Pick<Integration, 'id' | 'source' | 'labelAliases' | 'environment' | 'team'>,
  startsAt: number,
): AlertFacts {
  const { fingerprint, service, environment, groupKey, labels, severity, title, summary, description, annotations } =
    alert;
  const { host, namespace } = deriveFields(labels, integration);
  return {
    integrationId: integration.id,
    source: integration.source,
    fingerprint,
    service,
    environment,
    groupKey,
    labels,
    startsAt,
    team: integration.team,
    severity,
    title,
    summary,
    description,
    annotations,
    host,
    namespace,
  };
}
