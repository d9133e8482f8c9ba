import type { SourceKind } from '@tocsin/schema/domain/source';
import { alertmanager } from './alertmanager.js';
import { cloudevents } from './cloudevents.js';
import { cloudwatch } from './cloudwatch.js';
import { datadog } from './datadog.js';
import { generic } from './generic.js';
import { grafana } from './grafana.js';
import { pagerduty } from './pagerduty.js';
import { prometheus } from './prometheus.js';
import { sentry } from './sentry.js';
import { signoz } from './signoz.js';
import type { Source } from './source.js';

/** Every tool we understand, by the name that stands in `/webhooks/<source>`. The compiler asks for a missing one. */
export const sources: Readonly<Record<SourceKind, Source>> = {
  alertmanager,
  prometheus,
  signoz,
  generic,
  grafana,
  pagerduty,
  datadog,
  sentry,
  cloudwatch,
  cloudevents,
};

/** The adapter of that name, or null: own names only, so `/webhooks/constructor` is unknown. */
export function sourceNamed(name: string): Source | null {
  return Object.values(sources).find((source) => source.kind === name) ?? null;
}
