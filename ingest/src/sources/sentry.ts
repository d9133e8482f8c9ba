import { isRecord, kindOf, readText } from '@tocsin/schema/domain/fields';
import { normalise } from '@tocsin/schema/domain/normalise';
import { readOne } from '../fields.js';
import { isHexHmac } from '../hmac.js';
import { eventDraft, issueDraft, metricAlertDraft, type SentryReader } from './sentryAlerts.js';
import type { Source } from './source.js';

/**
 * The webhooks of a Sentry integration. What a body is about stands in the header Sentry-Hook-Resource and shows in the
 * body as well: an issue alert holds an event and the rule that fired, a metric alert itself. An issue that is resolved or
 * archived ends the alert that a rule opened about it; issues on their own open nothing, because Sentry's rules say what
 * somebody should look at. Everything else (installations, comments, single errors) is answered and let go.
 *
 * Source: docs.sentry.io/organization/integrations/integration-platform/webhooks.
 */
export const sentry: Source = {
  kind: 'sentry',
  parse(body, integration, { receivedAt }) {
    const data = isRecord(body) ? body['data'] : null;
    if (!isRecord(body) || !isRecord(data)) {
      const path = isRecord(body) ? 'data' : null;
      const message = `expected a webhook of a Sentry integration with "action" and "data", got ${kindOf(body)}`;
      return { ok: false, code: 'MALFORMED_PAYLOAD', message, path };
    }
    const action = readText(body['action'])?.toLowerCase() ?? '';
    const [name, read] = readerOf(data, action);
    if (read === null) return { ok: true, alerts: [], rejected: [] };
    return readOne(`data.${name}`, () => normalise(read(data, action, integration), integration, receivedAt));
  },
  verifySignature(raw, { headers }, signingSecret) {
    const sent = headers['sentry-hook-signature'];
    // Without the client secret there is nothing to hold it against.
    if (sent === undefined || signingSecret === null) return 'unsigned';
    return isHexHmac(signingSecret, [raw], sent) ? 'valid' : 'invalid';
  },
};

/** Which part of the body is read, and how; null where it is about nothing that opens or ends an alert. */
function readerOf(data: Record<string, unknown>, action: string): [string, SentryReader | null] {
  if (isRecord(data['metric_alert'])) return ['metric_alert', metricAlertDraft];
  if (isRecord(data['event'])) return ['event', eventDraft];
  if (isRecord(data['issue'])) return ['issue', /^(resolved|archived|ignored)$/.test(action) ? issueDraft : null];
  return ['', null];
}
