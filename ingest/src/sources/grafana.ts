import type { AlertLink, Labels, NormalisedAlert } from '@tocsin/schema/domain/alert';
import { fingerprintOfLabels } from '@tocsin/schema/domain/fingerprint';
import type { Integration } from '@tocsin/schema/domain/source';
import { setOwn } from '@tocsin/schema/domain/text';
import { z } from 'zod';
import { isRecord, kindOf, readText } from '@tocsin/schema/domain/fields';
import { readEach } from '../fields.js';
import { isHexHmac } from '../hmac.js';
import { link, normalise } from '@tocsin/schema/domain/normalise';
import type { SignatureVerdict, Source, SourceRequest } from './source.js';
import { readV4Alert, statusOf, type V4Alert } from './v4.js';

const optionalText = z.string().nullish().catch(null);
const envelopeSchema = z.object({ groupKey: optionalText, alerts: z.array(z.unknown()) });

/** What Grafana adds to an alert of Alertmanager's, with the name of its link. */
const linkFields = [
  ['Panel', 'panelURL'],
  ['Dashboard', 'dashboardURL'],
  ['Silence', 'silenceURL'],
  ['Image', 'imageURL'],
] as const;

/** Where a rule's query gave nothing or failed, Grafana fires these alerts instead, with the rule's name in a label. */
const stateTitles: Readonly<Record<string, string>> = { DatasourceNoData: 'No data', DatasourceError: 'Query failed' };

/** How far a signed time may lie from ours. */
const signatureAgeMs = 5 * 60_000;

/**
 * Grafana's unified alerting webhook, version "1": Alertmanager's body with an `orgId`, a state, and links and values per
 * alert. Its fingerprint is trusted: it covers `__alert_rule_uid__` and other labels that the body no longer holds.
 *
 * Source: grafana/alerting receivers/webhook/v1, templates/template_data.go.
 */
export const grafana: Source = {
  kind: 'grafana',
  parse(body, integration, { receivedAt }) {
    const envelope = envelopeSchema.safeParse(body);
    if (!envelope.success) return notGrafana(body);
    const groupKey = envelope.data.groupKey ?? null;
    const read = (sent: Record<string, unknown>): NormalisedAlert =>
      alertOf(sent, readV4Alert(sent), groupKey, integration, receivedAt);
    return { ok: true, ...readEach(envelope.data.alerts, (i) => `alerts[${i}]`, read) };
  },
  verifySignature,
};

function alertOf(
  sent: Record<string, unknown>,
  alert: V4Alert,
  groupKey: string | null,
  integration: Integration,
  receivedAt: number,
): NormalisedAlert {
  const { labels } = alert;
  const alertname = labels['alertname'] ?? '';
  const state = Object.hasOwn(stateTitles, alertname) ? stateTitles[alertname] : undefined;
  const rule = labels['rulename'] ?? labels['rule_name'] ?? alertname;
  return normalise(
    {
      ...alert,
      annotations: withValues(alert.annotations, sent),
      status: statusOf(alert, receivedAt),
      fingerprint: alert.sentFingerprint ?? fingerprintOfLabels(labels, integration.ignoreLabels),
      // The rule's summary tells of a value that was too high, which is not what happened.
      title: state === undefined ? null : `${state}: ${rule}`,
      groupKey,
      links: linksOf(sent),
      isTest: isTest(labels, groupKey),
    },
    integration,
    receivedAt,
  );
}

/** The measured values as annotations; both names are volatile by default, since they change at every send. */
function withValues(annotations: Labels, sent: Record<string, unknown>): Labels {
  const added: Record<string, string> = { ...annotations };
  const { values } = sent;
  const text = readText(sent['valueString']) ?? '';
  if (text !== '') setOwn(added, 'valueString', text);
  const measured = isRecord(values) ? Object.values(values) : [];
  if (measured.length > 0 && measured.every((value) => typeof value === 'number')) {
    setOwn(added, 'values', JSON.stringify(values));
  }
  return added;
}

function linksOf(sent: Record<string, unknown>): AlertLink[] {
  return linkFields.flatMap(([title, name]) => link(title, readText(sent[name]) ?? undefined));
}

/** "Test" of a contact point: its labels, or a group key that ends in the time of the test, as no rule's does. */
function isTest(labels: Labels, groupKey: string | null): boolean {
  if (labels['alertname'] !== 'TestAlert') return false;
  return labels['instance'] === 'Grafana' || /\}\d{4}-\d{2}-\d{2} \d{2}:\d{2}/.test(groupKey ?? '');
}

/**
 * The contact point's HMAC signature: hex, over the body, or over time, colon and body where a timestamp header is
 * configured (ours: `X-Grafana-Alerting-Timestamp`, Unix seconds); then one that was recorded is of no use later.
 */
function verifySignature(raw: Buffer, request: SourceRequest, signingSecret: string | null): SignatureVerdict {
  const sent = request.headers['x-grafana-alerting-signature'];
  if (sent === undefined) return 'unsigned';
  // Without our half of the secret nothing can be told: the integration's own secret has already been right.
  if (signingSecret === null) return 'unsigned';
  const time = request.headers['x-grafana-alerting-timestamp'];
  if (time === undefined) return isHexHmac(signingSecret, [raw], sent) ? 'valid' : 'invalid';
  const isRecent = Math.abs(Number(time) * 1_000 - request.receivedAt) <= signatureAgeMs;
  return isRecent && isHexHmac(signingSecret, [`${time}:`, raw], sent) ? 'valid' : 'invalid';
}

function notGrafana(body: unknown): ReturnType<Source['parse']> {
  const [path, got] = isRecord(body) ? ['alerts', kindOf(body['alerts'])] : [null, kindOf(body)];
  const hint =
    isRecord(body) && 'ruleName' in body
      ? 'this is the legacy dashboard alerting of Grafana 8 and older: switch to unified alerting'
      : 'for a custom payload of your own use /webhooks/generic';
  const expected = path === null ? "expected Grafana's webhook object" : 'alerts: expected an array';
  return { ok: false, code: 'MALFORMED_PAYLOAD', message: `${expected}, got ${got}; ${hint}`, path };
}
