import type { Labels } from './alert.js';
import type { DerivedField, Integration } from './source.js';
import { cut, emptyRecord, storableText, textLimits } from './text.js';

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
  const values = emptyRecord();
  for (const name of Object.keys(labels)) {
    const key = underscored(name);
    // Of `service.name` and `service_name` on one alert the convention's own spelling counts.
    if (values[key] === undefined || key !== name) values[key] = labels[name] ?? '';
  }
  return {
    service: aliased('service', values, integration) ?? firstOf(serviceCandidates, values),
    environment:
      aliased('environment', values, integration) ?? firstOf(environmentCandidates, values) ?? integration.environment,
  };
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

function aliased(
  field: DerivedField,
  values: Labels,
  { labelAliases }: Pick<Integration, 'labelAliases'>,
): string | null {
  for (const alias of labelAliases) {
    const found = alias.field === field ? dimension(values[underscored(alias.label)]) : null;
    if (found !== null) return found;
  }
  return null;
}

function firstOf(candidates: readonly Candidate[], values: Labels): string | null {
  for (const candidate of candidates) {
    const found = read(candidate, values[`exported_${candidate.label}`]) ?? read(candidate, values[candidate.label]);
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
