export const sourceKinds = ['alertmanager', 'prometheus', 'signoz', 'generic'] as const;
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
  readonly staleAfterSeconds: number;
  readonly staleAction: StaleAction;
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

/** Twice the default `repeat_interval` of Alertmanager and SigNoz (4 h). Prometheus itself re-sends every minute. */
export const defaultStaleAfterSeconds: Readonly<Record<SourceKind, number>> = {
  alertmanager: 8 * 3600,
  signoz: 8 * 3600,
  prometheus: 15 * 60,
  generic: 24 * 3600,
};
