import type { SourceKind } from './sources.ts';

/** A record, so that the compiler misses a kind that was forgotten; its words and signs load with the screen. */
const kinds: Readonly<Record<SourceKind, true>> = {
  ALERTMANAGER: true,
  PROMETHEUS: true,
  SIGNOZ: true,
  GRAFANA: true,
  PAGERDUTY: true,
  DATADOG: true,
  SENTRY: true,
  CLOUDWATCH: true,
  CLOUDEVENTS: true,
  GENERIC: true,
};

const isKind = (value: unknown): value is SourceKind => typeof value === 'string' && Object.hasOwn(kinds, value);

export interface NewSearch {
  readonly source?: SourceKind;
}

/** Which tool to connect, from the address; anything unknown leaves the choice open. */
export function parseNewSearch({ source }: Record<string, unknown>): NewSearch {
  return isKind(source) ? { source } : {};
}
