import type { Labels } from './alert.js';
import { environmentInName } from './deriveEnvironment.js';
import {
  hostOfTarget,
  isAddress,
  lastSegment,
  securedResource,
  serviceOfHost,
  withoutConsumerSuffix,
  workloadOfJob,
  workloadOfPod,
  workloadOfVolume,
} from './deriveNames.js';
import type { Integration } from './source.js';
import { cut, storableText, textLimits } from './text.js';

/** The fields that labels tell. An integration's aliases may name any of them. */
export interface DerivedFields {
  readonly service: string | null;
  readonly environment: string | null;
  /** A machine: the node's name, or its address where nothing else names it. */
  readonly host: string | null;
  readonly namespace: string | null;
  readonly cluster: string | null;
  readonly zone: string | null;
}

type Field = keyof DerivedFields;
type Aliases = Pick<Integration, 'labelAliases' | 'environment'>;

/** A label to look at, in underscore form; some may name the exporter that measured instead of what failed. */
interface Candidate {
  readonly label: string;
  readonly mayNameExporter: boolean;
  readonly read?: (value: string) => string | null;
}

const named = (...labels: string[]): Candidate[] => labels.map((label) => ({ label, mayNameExporter: false }));
const measured = (...labels: string[]): Candidate[] => labels.map((label) => ({ label, mayNameExporter: true }));
const reading = (read: (value: string) => string | null, ...labels: string[]): Candidate[] =>
  labels.map((label) => ({ label, mayNameExporter: true, read }));

/**
 * OpenTelemetry's name, then the Kubernetes conventions in the order of its k8s-attributes page, then what Prometheus
 * scraped: `service` and `job` there name the target, which for kube-state-metrics is not what failed. `service` goes before
 * the name of a pod: somebody wrote it, and where it names an exporter it does not count. Last what is called after its service: volumes, consumers, certificates, clusters of a data store.
 */
const serviceCandidates: readonly Candidate[] = [
  ...named('service_name'),
  ...measured('app_kubernetes_io_instance', 'app_kubernetes_io_name', 'app', 'application'),
  ...named('k8s_deployment_name', 'deployment', 'k8s_replicaset_name', 'k8s_statefulset_name', 'statefulset'),
  ...named('k8s_daemonset_name', 'daemonset', 'k8s_cronjob_name', 'cronjob'),
  ...reading(workloadOfJob, 'k8s_job_name', 'job_name'),
  ...measured('service'),
  ...reading(workloadOfPod, 'k8s_pod_name', 'pod'),
  ...named('horizontalpodautoscaler', 'hpa'),
  ...reading(workloadOfVolume, 'persistentvolumeclaim', 'k8s_persistentvolumeclaim_name'),
  ...reading(lastSegment, 'job'),
  ...reading(withoutConsumerSuffix, 'consumergroup', 'consumer_group', 'messaging_consumer_group_name'),
  ...named('search_cluster', 'kafka_cluster', 'redis_cluster', 'db_cluster', 'stanza', 'queue'),
  ...reading(securedResource, 'certificate', 'certificate_name', 'secret', 'name'),
];

const candidates: Readonly<Record<Field, readonly Candidate[]>> = {
  service: serviceCandidates,
  environment: named('deployment_environment_name', 'deployment_environment', 'environment', 'env'),
  host: named('k8s_node_name', 'node', 'nodename', 'kubernetes_node', 'host_name', 'hostname', 'host'),
  namespace: named('k8s_namespace_name', 'namespace', 'kubernetes_namespace', 'service_namespace'),
  cluster: named('k8s_cluster_name', 'cluster', 'cluster_name'),
  zone: named('cloud_availability_zone', 'topology_kubernetes_io_zone', 'availability_zone', 'zone', 'az'),
};
const fields: readonly Field[] = ['service', 'environment', 'host', 'namespace', 'cluster', 'zone'];

/** Label → what it may say, and how soon it counts: the lower rank wins. `exported_*` goes before the plain label. */
const ranked: ReadonlyMap<string, { field: Field; candidate: Candidate; rank: number }> = new Map(
  fields.flatMap((field) =>
    candidates[field].flatMap((candidate, i) => [
      [`exported_${candidate.label}`, { field, candidate, rank: 4 * i }] as const,
      [candidate.label, { field, candidate, rank: 4 * i + 2 }] as const,
    ]),
  ),
);

/**
 * What the labels of an alert say about where it belongs. `.`, `/` and `_` in names are equal, `exported_*` goes before the
 * plain label (the exporter's target had that name taken), and the integration's own aliases before everything.
 */
export function deriveFields(labels: Labels, integration: Aliases): DerivedFields {
  const found: Record<Field, string | null> = {
    service: null,
    environment: null,
    host: null,
    namespace: null,
    cluster: null,
    zone: null,
  };
  const best: Record<Field, number> = {
    service: Infinity,
    environment: Infinity,
    host: Infinity,
    namespace: Infinity,
    cluster: Infinity,
    zone: Infinity,
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
  const target = targetOf(labels, found.service !== null);
  found.service ??= target.service;
  found.host ??= target.host;
  if (integration.labelAliases.length > 0) {
    for (const field of fields) found[field] = aliased(field, labels, integration) ?? found[field];
  }
  // A cluster called shop-prod says more about one alert than the default of all that a sender sends.
  found.environment ??=
    environmentInName(found.cluster ?? '') ?? integration.environment ?? environmentInName(found.namespace ?? '');
  return found;
}

/**
 * What `instance` says: the machine where a host's exporter measured, the service where another exporter or a probe did.
 * Of anything else it is one more copy, which `pod` or the service names better.
 */
function targetOf(
  labels: Labels,
  hasService: boolean,
): { readonly service: string | null; readonly host: string | null } {
  const instance = labels['instance'] ?? labels['target'];
  const host = instance === undefined ? null : hostOfTarget(instance);
  if (instance === undefined || host === null) return { service: null, host: null };
  const job = (lastSegment(labels['job'] ?? '') ?? '').toLowerCase();
  if (hostJobs.test(job)) return { service: null, host: dimension(host) };
  const isProbed = instance.includes('://') || namesExporter(job);
  const service = isProbed ? serviceOfHost(host) : null;
  // With neither job nor service nothing tells what was measured: then at least the machine is known.
  const isMachine = service === null && !hasService && job === '' && !isAddress(host);
  return { service: service === null ? null : dimension(service), host: isMachine ? dimension(host) : null };
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

function aliased(field: Field, labels: Labels, integration: Aliases): string | null {
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
    'node kubelet snmp windows pushgateway federate statsd collectd telegraf probe cert-manager kubernetes-pods ' +
    'kubernetes-nodes kubernetes-nodes-cadvisor kubernetes-cadvisor kubernetes-services kubernetes-service-endpoints'
  ).split(' '),
);
const exporterName = /(^|[-_./])(exporter|kube[-_]state[-_]metrics|cadvisor|kubelet|prober)$|^blackbox([-_./]|$)/;

/** Jobs that measure a machine, so that their `instance` is one. */
const hostJobs =
  /^(node|windows|snmp|kubelet|kubernetes-nodes.*|.*(node|windows|snmp|host|ipmi|smartctl)[-_]exporter|telegraf|collectd)$/;

function namesExporter(value: string): boolean {
  const name = value.toLowerCase();
  return exporterJobs.has(name) || exporterName.test(name);
}
