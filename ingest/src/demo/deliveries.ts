import { fingerprintOfLabels } from '@tocsin/schema/domain/fingerprint';
import { demoAlerts, demoSeconds, type DemoAlert } from './storm.js';

/** One request of the demo, as its sender would send it. */
export interface DemoDelivery {
  /** Seconds from the start of the demo. */
  readonly afterSeconds: number;
  readonly source: DemoAlert['source'];
  readonly body: unknown;
}

/** Senders repeat what still fires; in earnest every few hours, here every 45 seconds. */
const repeatSeconds = 45;

/** Every notification of the storm in the order of sending. @param startsAt epoch milliseconds of its beginning */
export function demoDeliveries(startsAt: number): readonly DemoDelivery[] {
  return demoAlerts
    .flatMap((alert) => alert.fires.flatMap((interval) => notificationsOf(alert, interval, startsAt)))
    .toSorted((a, b) => a.afterSeconds - b.afterSeconds);
}

function notificationsOf(
  alert: DemoAlert,
  [from, to]: readonly [number, number],
  startsAt: number,
): readonly DemoDelivery[] {
  const times: number[] = [];
  for (let at = from; at < to; at += repeatSeconds) times.push(at);
  const { source } = alert;
  const at = (seconds: number): string => new Date(startsAt + seconds * 1_000).toISOString();
  const firing = times.map((afterSeconds) => ({ afterSeconds, source, body: bodyOf(alert, at(from), null) }));
  const resolved = to < demoSeconds ? [{ afterSeconds: to, source, body: bodyOf(alert, at(from), at(to)) }] : [];
  return [...firing, ...resolved];
}

const notYet = '0001-01-01T00:00:00Z';

/** Alertmanager's webhook body, version 4, which SigNoz sends too. */
function bodyOf(alert: DemoAlert, startsAt: string, endsAt: string | null): unknown {
  const { service, name, severity, summary, source } = alert;
  const status = endsAt === null ? 'firing' : 'resolved';
  const names = source === 'signoz' ? signozLabels(service, name) : { service, namespace: 'tickets' };
  const environment = source === 'signoz' ? { 'deployment.environment': 'production' } : { env: 'production' };
  const labels = { alertname: name, severity, ...names, ...environment, ...alert.labels };
  const groupLabels = { alertname: name };
  const annotations = { summary, runbook_url: `https://runbooks.tickets.example/${name.toLowerCase()}` };
  const generatorURL = `https://${source}.tickets.example/alerts?name=${name}`;
  return {
    version: '4',
    receiver: 'tocsin',
    status,
    groupKey: `{}:{alertname="${name}"}`,
    groupLabels,
    commonLabels: labels,
    commonAnnotations: annotations,
    externalURL: `https://${source}.tickets.example`,
    truncatedAlerts: 0,
    alerts: [
      {
        status,
        labels,
        annotations,
        startsAt,
        endsAt: endsAt ?? notYet,
        generatorURL,
        fingerprint: fingerprintOfLabels(labels),
      },
    ],
  };
}

function signozLabels(service: string, name: string): Readonly<Record<string, string>> {
  return { 'service.name': service, ruleId: `demo-${name.toLowerCase()}`, 'threshold.name': 'critical' };
}
