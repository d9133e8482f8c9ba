import type { AlertFacts } from './correlation.js';

/** `KubeNodeNotReady` → kube, node, not, ready; `p95 latency high` → p95, latency, high. */
export function wordsOf(name: string): readonly string[] {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter((word) => word !== '');
}

export interface AlertNature {
  /** Something does not work for somebody now: what a failure elsewhere looks like from a service. */
  readonly isSymptom: boolean;
  /** Foretells trouble in days or belongs to upkeep: neither cause nor effect of what fails in these minutes. */
  readonly isUpkeep: boolean;
  /** The thing itself is gone, not merely in a bad state. */
  readonly isGone: boolean;
  /** Names the resolution of names, or the network between places. */
  readonly infrastructure: 'dns' | 'network' | null;
}

const symptoms =
  /^(err|errors?|fail(s|ed|ing|ures?)?|latency|slow(er|ness)?|5xx|4xx|5\d\d|timeouts?|exceptions?|burn|budget|slo|down|unavailab(le|ility)|availability|apdex|unreachable|probe|breaker|circuit|conversion|crash(ed|es|ing|loop|looping)?|unready|mismatch|rejected|refused|absent|dropped|degraded|outage|offline|dead|p9\d|resolution|lookup|handshake|loss|stuck|traffic|requests?|saturat(ed|ion)|exhausted|lag|lagging|backlog|late|delay(ed|s)?|duration|freshness|disconnect(ed|s)?)$/;
const upkeep =
  /^(expir(ing|es|y)|soon|quota|backups?|skew|almost|watchdog|deadman|heartbeat|licen[cs]e|rotation|deprecated|outdated|upgrade|update)$/;
const gone =
  /^(down|unreachable|offline|lost|dead|gone|unavailable|disappeared|crash(ed)?|reboot(ed|ing)?|unresponsive|fail(ed|ure)?|missing|absent|terminated|preempted|evicted)$/;

/** First words of the monitoring's own alerts: its trouble is neither cause nor effect of what it measures. */
const monitoring = /^(prometheus|alertmanager|thanos|mimir|cortex|loki|grafana|signoz|otel|collector)$/;

/** What kind of trouble the name of an alert speaks of: symptoms and causes, as alerting guides tell them apart. */
export function natureOf({ labels, title }: Pick<AlertFacts, 'labels' | 'title'>): AlertNature {
  const words = wordsOf(labels['alertname'] ?? title);
  const isNotReady = words.includes('ready') && words.includes('not');
  const isExpired = words.includes('expired');
  if (monitoring.test(words[0] ?? '')) return { isSymptom: false, isUpkeep: true, isGone: false, infrastructure: null };
  return {
    isSymptom: isNotReady || isExpired || labels['nodata'] === 'true' || words.some((word) => symptoms.test(word)),
    isUpkeep: !isExpired && words.some((word) => upkeep.test(word)),
    isGone: isNotReady || words.some((word) => gone.test(word)),
    infrastructure: infrastructureOf(words),
  };
}

function infrastructureOf(words: readonly string[]): AlertNature['infrastructure'] {
  if (words.some((word) => /^(core|kube|node)?dns$/.test(word) || word === 'nameserver')) return 'dns';
  const isBetweenPlaces = words.some((word) => /^(network|zone|region|packet|connect(ivity|ion)?|link|az)$/.test(word));
  return isBetweenPlaces && words.some((word) => /^(loss|partition(ed)?|unreachable|timeouts?|down)$/.test(word))
    ? 'network'
    : null;
}
