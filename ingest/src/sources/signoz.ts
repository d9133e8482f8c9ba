import type { NormalisedAlert } from '@tocsin/schema/domain/alert';
import { boundedKey, fingerprintOfLabels } from '@tocsin/schema/domain/fingerprint';
import { isMoreSevere } from '@tocsin/schema/domain/severity';
import type { Integration } from '@tocsin/schema/domain/source';
import { link, normalise } from '@tocsin/schema/domain/normalise';
import type { Source } from './source.js';
import { readV4, statusOf, type V4Alert, type V4Delivery } from './v4.js';

/** One series over two thresholds is two alerts that differ in these labels only: to us it is one condition. */
const thresholdLabels = ['threshold.name', 'severity'];
const noDataPrefix = /^\[No data\]\s*/;

/**
 * SigNoz's webhook channel: the body of Alertmanager 0.31 with dotted label names, SigNoz's links in annotations, no-data
 * alerts under a name of their own, and two kinds of test notification.
 *
 * Source: SigNoz/signoz pkg/alertmanager/alertmanagernotify/webhook, pkg/query-service/rules.
 */
export const signoz: Source = {
  kind: 'signoz',
  parse(body, integration, { receivedAt }) {
    const delivery = readV4(body);
    if ('ok' in delivery) return delivery;
    const conditions = new Map<string, NormalisedAlert>();
    for (const sent of delivery.alerts) {
      const alert = alertOf(sent, delivery, integration, receivedAt);
      const other = conditions.get(alert.fingerprint);
      conditions.set(alert.fingerprint, other === undefined ? alert : collapse(other, alert));
    }
    return { ok: true, alerts: [...conditions.values()], rejected: delivery.rejected };
  },
};

function alertOf(sent: V4Alert, delivery: V4Delivery, integration: Integration, receivedAt: number): NormalisedAlert {
  const { labels, annotations } = sent;
  const identified = Object.keys(labels).length > 0;
  const isNoData = labels['nodata'] === 'true';
  const status = statusOf(sent, receivedAt);
  const alert = normalise(
    {
      ...sent,
      status,
      // SigNoz's own fingerprint holds the threshold; it only serves where there is nothing else.
      fingerprint: identified
        ? fingerprintOfLabels(labels, [...thresholdLabels, ...integration.ignoreLabels])
        : (sent.sentFingerprint ?? ''),
      // Its summary is still the rule's ("above 2 s"), which is not what happened.
      title: isNoData ? `No data: ${(labels['alertname'] ?? '').replace(noDataPrefix, '')}` : null,
      groupKey: delivery.groupKey,
      links: [
        ...link('Related logs', annotations['related_logs']),
        ...link('Related traces', annotations['related_traces']),
        ...link('Rule', labels['ruleSource']),
      ],
      isTest: isTest(labels['alertname'] ?? '', labels['testalert'], delivery),
    },
    integration,
    receivedAt,
  );
  if (sent.sentFingerprint === null) return alert;
  const { startsAt, endsAt } = alert;
  return { ...alert, parts: [{ fingerprint: boundedKey(sent.sentFingerprint), status, startsAt, endsAt }] };
}

/** Firing goes before resolved, then the higher severity; the episode spans both, and names each part. */
function collapse(a: NormalisedAlert, b: NormalisedAlert): NormalisedAlert {
  const parts = [...(a.parts ?? []), ...(b.parts ?? [])];
  const both = parts.length === 0 ? {} : { parts };
  if (a.status !== b.status) return { ...(a.status === 'firing' ? a : b), ...both };
  return {
    ...(isMoreSevere(b.severity, a.severity) ? b : a),
    ...both,
    startsAt: least(a.startsAt, b.startsAt),
    endsAt: a.endsAt === null || b.endsAt === null ? (a.endsAt ?? b.endsAt) : Math.max(a.endsAt, b.endsAt),
  };
}

function least(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.min(a, b);
}

/**
 * "Test notification" of a rule marks its alert. "Test" of a channel does not: it is told by the name together with a
 * group key that no rule has, `<channel>-<fingerprint>-<unix seconds>`.
 */
function isTest(alertname: string, testalert: string | undefined, { receiver, groupKey }: V4Delivery): boolean {
  if (testalert === 'true' || alertname.endsWith('_TEST_ALERT')) return true;
  const key = groupKey ?? '';
  return (
    /^Test Alert \(.*\)$/s.test(alertname) && /-[0-9a-f]{1,16}-\d{9,}$/.test(key) && key.startsWith(`${receiver}-`)
  );
}
