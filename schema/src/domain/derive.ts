import type { Labels } from './alert.js';
import type { DerivedField, Integration } from './source.js';
import { cut, storableText, textLimits } from './text.js';

/** A label to look at, in underscore form; some may name the exporter that measured instead of what failed. */
interface Candidate {
  readonly label: string;
  readonly mayNameExporter: boolean;
  readonly read?: (value: string) => string | null;
}

const named = (...labels: string[]): Candidate[] => labels.map((label) => ({ label, mayNameExporter: false }));
const measured = (...labels: string[]): Candidate[] => labels.map((label) => ({ label, mayNameExporter: true }));

/**
 * OpenTelemetry's name, then the Kubernetes conventions in the order of its k8s-attributes page, and only then what
 * Prometheus scraped: `service` and `job` there name the target, which for kube-state-metrics is not what failed.
 */
const serviceCandidates: readonly Candidate[] = [
  ...named('service_name'),
  ...measured('app_kubernetes_io_instance', 'app_kubernetes_io_name', 'app', 'application'),
  ...named('k8s_deployment_name', 'deployment', 'k8s_replicaset_name', 'k8s_statefulset_name', 'statefulset'),
  ...named('k8s_daemonset_name', 'daemonset', 'k8s_cronjob_name', 'cronjob', 'k8s_job_name', 'job_name'),
  ...['k8s_pod_name', 'pod'].map((label) => ({ label, mayNameExporter: true, read: workloadOfPod })),
  ...measured('service', 'job'),
];

const environmentCandidates: readonly Candidate[] = named(
  'deployment_environment_name',
  'deployment_environment',
  'environment',
  'env',
);

/** Label → what it may say, and how soon it counts: the lower rank wins. `exported_*` goes before the plain label. */
const ranked: ReadonlyMap<string, { field: DerivedField; candidate: Candidate; rank: number }> = new Map(
  Object.entries({ service: serviceCandidates, environment: environmentCandidates }).flatMap(([name, candidates]) => {
    const field = name === 'service' ? 'service' : 'environment';
    return candidates.flatMap((candidate, i) => [
      [`exported_${candidate.label}`, { field, candidate, rank: 4 * i }] as const,
      [candidate.label, { field, candidate, rank: 4 * i + 2 }] as const,
    ]);
  }),
);

export interface DerivedFields {
  readonly service: string | null;
  readonly environment: string | null;
}

/**
 * Service and environment of an alert, from its labels. `.`, `/` and `_` in names are equal, `exported_*` goes before the
 * plain label (the exporter's target had that name taken), and the integration's own aliases before everything.
 */
export function deriveFields(
  labels: Labels,
  integration: Pick<Integration, 'labelAliases' | 'environment'>,
): DerivedFields {
  const found = {
    service: aliased('service', labels, integration),
    environment: aliased('environment', labels, integration),
  };
  const best = {
    service: found.service === null ? Infinity : -1,
    environment: found.environment === null ? Infinity : -1,
  };
  for (const name of Object.keys(labels)) {
    const key = underscored(name);
    const match = ranked.get(key);
    if (match === undefined) continue;
    // Of `service.name` and `service_name` on one alert the convention's own spelling counts.
    const rank = key === name ? match.rank + 1 : match.rank;
    const value = rank < best[match.field] ? read(match.candidate, labels[name]) : null;
    if (value === null) continue;
    best[match.field] = rank;
    found[match.field] = value;
  }
  return { service: found.service, environment: found.environment ?? integration.environment };
}

/** The trace an alert names itself, as 32 lower-case hex digits; the all-zero id is invalid and gives null. */
export function deriveTraceId(...places: readonly Labels[]): string | null {
  for (const labels of places) {
    for (const name of ['trace_id', 'trace.id', 'traceId', 'TraceID', 'traceID']) {
      const id = labels[name]?.trim().toLowerCase();
      if (id !== undefined && /^(?!0{32})[0-9a-f]{32}$/.test(id)) return id;
    }
  }
  return null;
}

function aliased(field: DerivedField, labels: Labels, integration: Pick<Integration, 'labelAliases'>): string | null {
  for (const alias of integration.labelAliases) {
    if (alias.field !== field) continue;
    const wanted = underscored(alias.label);
    const name = Object.hasOwn(labels, alias.label)
      ? alias.label
      : Object.keys(labels).find((label) => underscored(label) === wanted);
    const found = name === undefined ? null : dimension(labels[name]);
    if (found !== null) return found;
  }
  return null;
}

function read(candidate: Candidate, value: string | undefined): string | null {
  const text = dimension(value);
  const found = text !== null && candidate.read !== undefined ? candidate.read(text) : text;
  return found !== null && candidate.mayNameExporter && namesExporter(found) ? null : found;
}

function dimension(value: string | undefined): string | null {
  const text = value?.trim() ?? '';
  return text === '' ? null : cut(storableText(text), textLimits.dimension);
}

function underscored(name: string): string {
  return /[./]/.test(name) ? name.replace(/[./]/g, '_') : name;
}

/** Jobs that measure others. Suffixes cover `<chart>-prometheus-node-exporter`, `integrations/postgres_exporter` and so on. */
const exporterJobs: ReadonlySet<string> = new Set(
  (
    'node kubelet blackbox snmp windows pushgateway federate statsd collectd telegraf probe kubernetes-pods ' +
    'kubernetes-nodes kubernetes-nodes-cadvisor kubernetes-cadvisor kubernetes-services kubernetes-service-endpoints'
  ).split(' '),
);
const exporterSuffix = /(^|[-_./])(exporter|kube[-_]state[-_]metrics|cadvisor|kubelet)$/;

function namesExporter(value: string): boolean {
  const name = value.toLowerCase();
  return exporterJobs.has(name) || exporterSuffix.test(name);
}

/** Generated pod names use an alphabet without vowels, 0, 1 and 3, so that they spell nothing. */
const ofReplicaSet = /^(.+)-[bcdfghjklmnpqrstvwxz2456789]{6,10}-[bcdfghjklmnpqrstvwxz2456789]{5}$/;
const ofDaemonSetOrJob = /^(.+)-[bcdfghjklmnpqrstvwxz2456789]{5}$/;
const ofStatefulSet = /^(.+)-\d{1,4}$/;

/** `checkout-7c9d8b5f6-2xk4p` → `checkout`: each pod as a service of its own would group nothing. */
function workloadOfPod(pod: string): string | null {
  return (ofReplicaSet.exec(pod) ?? ofDaemonSetOrJob.exec(pod) ?? ofStatefulSet.exec(pod))?.[1] ?? null;
}
