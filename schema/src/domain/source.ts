import type { FieldMapping } from './mapping.js';

export const sourceKinds = [
  'alertmanager',
  'prometheus',
  'signoz',
  'generic',
  'grafana',
  'pagerduty',
  'datadog',
  'sentry',
  'cloudwatch',
  'cloudevents',
] as const;
export type SourceKind = (typeof sourceKinds)[number];

export type StaleAction = 'keep' | 'resolve';

/** One configured sender. Times are epoch milliseconds, durations seconds. */
export interface Integration {
  readonly id: number;
  readonly name: string;
  readonly source: SourceKind;
  readonly team: string | null;
  /** Used where the alert's own labels name none. */
  readonly environment: string | null;
  /** Labels that tell replicas apart, not conditions: dropped before fingerprinting. */
  readonly ignoreLabels: readonly string[];
  /** Annotations that change at every send: never a change. */
  readonly volatileAnnotations: readonly string[];
  /** More labels to derive a field from, tried before the built-in ones. */
  readonly labelAliases: readonly { readonly field: DerivedField; readonly label: string }[];
  /** Where the fields of an alert stand in its bodies; empty: under their common names. For `generic` and `cloudevents`. */
  readonly mapping: readonly FieldMapping[];
  readonly staleAfterSeconds: number;
  readonly staleAction: StaleAction;
  /** Silent for longer than this it is an alert itself; null: silence means nothing. */
  readonly heartbeatSeconds: number | null;
  /** The API of the sender that tells which alerts it has; null: only what it delivers is known. */
  readonly reconcileUrl: string | null;
  /** Topics of Amazon SNS, by ARN, that it takes messages from; empty: from any whose messages bring the secret. */
  readonly topics: readonly string[];
  /** Whether a secret to sign with is set; the secret itself is never part of this. */
  readonly hasSigningSecret: boolean;
  readonly createdAt: number;
  readonly firstReceivedAt: number | null;
  readonly lastReceivedAt: number | null;
}

export type DerivedField = 'service' | 'environment';

/** Replicas of one Prometheus are one condition. */
export const defaultIgnoreLabels: readonly string[] = ['prometheus_replica', 'replica', '__replica__'];

/** SigNoz's links carry the evaluation time, Grafana's value strings the measured value: they change at every send. */
export const defaultVolatileAnnotations: readonly string[] = [
  'related_logs',
  'related_traces',
  'valueString',
  'values',
];

/** The kinds whose API can be asked which alerts there are. */
export const reconcilableSources: readonly SourceKind[] = ['alertmanager', 'prometheus', 'signoz'];

/** Less would make an alert of every delay on the way. */
export const shortestHeartbeatSeconds = 60;

/** The condition that an integration is silent: one of its own, which no sender's fingerprint can be. */
export const silenceFingerprint = 'tocsin:integration-silent';

/** Twice the default `repeat_interval` of Alertmanager, SigNoz and Grafana (4 h). Prometheus itself re-sends every minute. */
export const defaultStaleAfterSeconds: Readonly<Record<SourceKind, number>> = {
  alertmanager: 8 * 3600,
  signoz: 8 * 3600,
  prometheus: 15 * 60,
  generic: 24 * 3600,
  grafana: 8 * 3600,
  // It says everything once: an alert lasts until it is resolved.
  pagerduty: 7 * 24 * 3600,
  // These say everything once, too; Datadog and Sentry can be told to repeat, and most often are not.
  datadog: 7 * 24 * 3600,
  sentry: 7 * 24 * 3600,
  cloudwatch: 7 * 24 * 3600,
  cloudevents: 24 * 3600,
};
