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
  /**
   * Tells of its own thing alone: a certificate that expired was not made to by a neighbour, and a scheduled run that failed
   * ran at its own hour. Others may suffer from it; it is nobody's effect.
   */
  readonly isOwnCause: boolean;
  /** The thing itself is gone, not merely in a bad state. */
  readonly isGone: boolean;
  /** Names the resolution of names, or the network between places. */
  readonly infrastructure: 'dns' | 'network' | null;
}

const symptoms =
  /^(err|errors?|fail(s|ed|ing|ures?)?|latency|slow(er|ness)?|5xx|4xx|5\d\d|timeouts?|exceptions?|burn|budget|slo|down|unavailab(le|ility)|availability|apdex|unreachable|probe|breaker|circuit|conversion|crash(ed|es|ing|loop|looping)?|unready|mismatch|rejected|refused|absent|dropped|degraded|outage|offline|dead|p9\d|resolution|lookup|handshake|loss|stuck|traffic|requests?|saturat(ed|ion)|exhausted|lag|lagging|backlog|late|delay(ed|s)?|duration|freshness|disconnect(ed|s)?|responses?|unhealthy|restart(s|ed|ing)?|overload(ed)?|stalled|retries|deadline|throughput|aborted|declined|missing|hung|starv(ed|ation))$/;
/** What requests wait in: full of them, in contrast to a disk that is full of data. */
const waitingRooms = /^(pools?|queues?|buffers?|threads?|workers?|connections?|sockets?)$/;
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
  if (monitoring.test(words[0] ?? '')) return ofMonitoring;
  return {
    isSymptom:
      isNotReady ||
      isExpired ||
      (words.includes('full') && words.some((word) => waitingRooms.test(word))) ||
      labels['nodata'] === 'true' ||
      words.some((word) => symptoms.test(word)),
    isOwnCause: isExpired || isScheduledRun(labels, words),
    isUpkeep: !isExpired && words.some((word) => upkeep.test(word)),
    isGone: isNotReady || words.some((word) => gone.test(word)),
    infrastructure: infrastructureOf(words),
  };
}

const ofMonitoring: AlertNature = {
  isSymptom: false,
  isUpkeep: true,
  isOwnCause: false,
  isGone: false,
  infrastructure: null,
};

const runLabels: readonly string[] = ['job_name', 'cronjob', 'k8s.job.name', 'k8s.cronjob.name'];

function isScheduledRun(labels: AlertFacts['labels'], words: readonly string[]): boolean {
  return words.some((word) => /^(cron|cronjob|scheduled)$/.test(word)) || runLabels.some((label) => label in labels);
}

function infrastructureOf(words: readonly string[]): AlertNature['infrastructure'] {
  if (words.some((word) => /^(core|kube|node)?dns$/.test(word) || word === 'nameserver')) return 'dns';
  const isBetweenPlaces = words.some((word) => /^(network|zone|region|packet|connect(ivity|ion)?|link|az)$/.test(word));
  return isBetweenPlaces && words.some((word) => /^(loss|partition(ed)?|unreachable|timeouts?|down)$/.test(word))
    ? 'network'
    : null;
}
