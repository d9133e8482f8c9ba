import type { AlertFacts } from './correlation.js';
import { environmentKey } from './deriveEnvironment.js';
import { hostOfTarget, isAddress, serviceOfHost } from './deriveNames.js';
import { natureOf, type AlertNature } from './correlateWords.js';
import type { TopologyService, Topology } from './topology.js';
import { nameKey, partsOf } from './topologyNames.js';

/** What an alert is about, in names that can be compared. */
export interface Subject extends AlertNature {
  /** The key of its environment; null where neither it nor the catalogue says. */
  readonly environment: string | null;
  /** The catalogue's name where it knows the service, else the key of the alert's own. */
  readonly service: string | null;
  /** Other names its service may go by, where the catalogue does not know it. */
  readonly otherNames: readonly string[];
  /** What it says its service calls. */
  readonly peers: readonly string[];
  /** Those of them that are the same for every environment, such as a provider. */
  readonly sharedPeers: readonly string[];
  /** The machine that it is about, by its names and addresses. */
  readonly hosts: readonly string[];
  /** The machine that its service runs on. */
  readonly placedOn: string | null;
  /** Information that pages nobody: it joins what is there, and nothing joins it. */
  readonly isMinor: boolean;
  /** What many services of the environment share and this alert is about. */
  readonly isShared: boolean;
}

/** Labels that name the other side of a call, in underscore form: meshes, client libraries, OpenTelemetry. */
const peerLabels: ReadonlySet<string> = new Set(
  (
    'upstream upstream_service upstream_cluster destination_service destination_service_name destination_workload ' +
    'peer_service service_peer_name server_address net_peer_name provider dependency remote_service target_service ' +
    'breaker circuit_breaker circuitbreaker pool'
  ).split(' '),
);
/** Labels whose value is called after the service it belongs to. */
const resourceLabels: readonly string[] = (
  'persistentvolumeclaim consumergroup topic queue dataset stanza ingress name search_cluster kafka_cluster ' +
  'application_name datname database certificate instance target'
).split(' ');
const clientSuffix = /[-_.](client|pool|breaker|cb)$/i;

const subjects = new WeakMap<Topology, WeakMap<AlertFacts, Subject>>();

/** What the alert is about; computed once for each alert and topology. */
export function subjectOf(alert: AlertFacts, topology: Topology): Subject {
  let known = subjects.get(topology);
  if (known === undefined) subjects.set(topology, (known = new WeakMap()));
  const before = known.get(alert);
  if (before !== undefined) return before;
  const subject = readSubject(alert, topology);
  known.set(alert, subject);
  return subject;
}

/** The service that an alert is about, as the catalogue names it; null where none can be told. */
export function serviceOf(alert: AlertFacts, topology: Topology): string | null {
  return catalogued(alert, topology)?.name ?? alert.service;
}

function readSubject(alert: AlertFacts, topology: Topology): Subject {
  const nature = natureOf(alert);
  const known = catalogued(alert, topology);
  const isDns = nature.infrastructure === 'dns' && isNameServer(alert);
  const service = isDns ? null : (known?.name ?? (alert.service === null ? null : nameKey(alert.service) || null));
  const hosts = service === null && !isDns ? hostsOf(alert) : [];
  return {
    ...nature,
    isMinor: alert.severity === 'info',
    environment: environmentKey(alert.environment) ?? soleEnvironment(known),
    service,
    otherNames: known === null && service !== null ? otherNamesOf(service) : [],
    ...peersOf(alert, service, topology),
    hosts,
    placedOn: service === null ? null : (hostKey(alert.host) ?? hostsInText(alert)[0] ?? null),
    isShared: isDns || (nature.infrastructure === 'network' && service === null) || (hosts.length > 0 && nature.isGone),
  };
}

function catalogued(alert: AlertFacts, topology: Topology): TopologyService | null {
  if (topology.size === 0) return null;
  const direct = alert.service === null ? null : topology.resolve(alert.service);
  if (direct !== null) return direct;
  for (const label of resourceLabels) {
    const value = alert.labels[label];
    const found = value === undefined ? null : resourceOwner(label, value, topology);
    if (found !== null) return found;
  }
  if (alert.service !== null) return topology.mentionedIn(alert.service);
  return alert.namespace === null || alert.host !== null ? null : topology.soleOfNamespace(alert.namespace);
}

function resourceOwner(label: string, value: string, topology: Topology): TopologyService | null {
  if (label !== 'instance' && label !== 'target') return topology.mentionedIn(value);
  const host = hostOfTarget(value);
  return host === null || isAddress(host) ? null : topology.resolve(value);
}

function soleEnvironment(service: TopologyService | null): string | null {
  const [only] = service?.environments ?? [];
  return service?.environments.length === 1 ? environmentKey(only ?? null) : null;
}

/** `session-cache-main` may be `session-cache`: looked for, in case an alert named it so. */
function otherNamesOf(service: string): readonly string[] {
  return [...partsOf(service)].filter((part) => service.startsWith(`${part}-`) && part.includes('-')).slice(0, 3);
}

function peersOf(
  { labels }: AlertFacts,
  service: string | null,
  topology: Topology,
): Pick<Subject, 'peers' | 'sharedPeers'> {
  const peers = new Map<string, boolean>();
  for (const [label, value] of Object.entries(labels)) {
    const key = label.replaceAll('.', '_');
    if (peers.size >= 2 || !peerLabels.has(key)) continue;
    const name = value.replace(clientSuffix, '');
    const host = /[.:/]/.test(name) ? hostOfTarget(name) : null;
    const known = topology.mentionedIn(name);
    const peer = known?.name ?? (host === null ? nameKey(name) : serviceOfHost(host));
    if (peer === null || peer === '' || peer === service) continue;
    peers.set(peer, known === null ? key === 'provider' : known.environments.length === 0);
  }
  const names = [...peers.keys()];
  return { peers: names, sharedPeers: names.filter((name) => peers.get(name)) };
}

/** An alert of the name server itself, in contrast to those who cannot resolve a name. */
function isNameServer({ labels, service, namespace }: AlertFacts): boolean {
  const names = [service, labels['job'], labels['pod'], labels['k8s.pod.name'], labels['instance']];
  const isNamed = names.some((name) => name !== null && name !== undefined && /dns/i.test(name));
  return isNamed || (service === null && (namespace === null || /kube-system|dns/.test(namespace)));
}

function hostsOf(alert: AlertFacts): readonly string[] {
  if (alert.host === null) return [];
  const hosts = [hostKey(alert.host), hostKey(hostOfTarget(alert.labels['instance'] ?? '')), ...hostsInText(alert)];
  return [...new Set(hosts.filter((host) => host !== null))].slice(0, 3);
}

/** `Pod shop/rates-x on node worker-3 is waiting`: the placement that labels often lack. Names of machines hold a digit. */
const machine = String.raw`([a-z][\w.-]*\d[\w-]*|\d+(?:\.\d+){3})`;
const machineInText = new RegExp(
  String.raw`\b(?:on|node|host|machine)\s+(?:node\s+|host\s+)?${machine}(?:\s+\(${machine}\))?`,
  'i',
);

function hostsInText({ description, summary }: AlertFacts): readonly string[] {
  const found = machineInText.exec(description ?? summary ?? '');
  return [hostKey(found?.[1]), hostKey(found?.[2])].filter((host) => host !== null);
}

function hostKey(host: string | null | undefined): string | null {
  const text = host?.trim().toLowerCase() ?? '';
  return text === '' ? null : text;
}
