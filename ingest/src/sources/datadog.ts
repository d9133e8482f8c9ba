import type { AlertStatus, NormalisedAlert } from '@tocsin/schema/domain/alert';
import { BadField, isRecord, kindOf, readInstant, readText } from '@tocsin/schema/domain/fields';
import { readTags } from '@tocsin/schema/domain/genericFields';
import { link, normalise } from '@tocsin/schema/domain/normalise';
import type { Integration } from '@tocsin/schema/domain/source';
import { parseBody, UnreadableBody } from '../body.js';
import { readOne } from '../fields.js';
import type { Source } from './source.js';

/**
 * Datadog's Webhooks integration. It has no format of its own: the body is a template that its user writes, and ours stands
 * in the snippet of the integration's page. Texts are put into it as they are, so a quote in a monitor's message can break
 * the JSON; nothing is repaired then: the body is a dead letter. Datadog sends it as JSON, or as a form when told so.
 *
 * Source: docs.datadoghq.com/integrations/webhooks, the list of variables.
 */
export const datadog: Source = {
  kind: 'datadog',
  readBody: (raw, { contentType }) => (isForm(contentType) ? fieldsOfForm(raw) : parseBody(raw)),
  parse(body, integration, { receivedAt }) {
    if (!isRecord(body) || !('transition' in body || 'alert_type' in body)) {
      const got = isRecord(body) ? 'an object without "transition" and "alert_type"' : kindOf(body);
      const message = `expected the fields of our Datadog template, got ${got}; it stands on the integration's page`;
      return { ok: false, code: 'MALFORMED_PAYLOAD', message, path: isRecord(body) ? 'transition' : null };
    }
    return readOne('', () => alertOf(body, integration, receivedAt));
  },
};

function alertOf(sent: Record<string, unknown>, integration: Integration, receivedAt: number): NormalisedAlert {
  const transition = field(sent, 'transition')?.trim().toLowerCase() ?? '';
  const status = statusOf(transition, field(sent, 'alert_type'));
  const at = readInstant(field(sent, 'date_ms'), 'date_ms');
  const host = field(sent, 'hostname');
  const monitor = field(sent, 'monitor_id');
  // Of a tag that stands in both, the scope names the group that fired.
  const labels = {
    ...readTags(field(sent, 'tags')),
    ...readTags(scopeOf(sent)),
    ...(host === null ? {} : { host }),
    ...(monitor === null ? {} : { monitor_id: monitor }),
  };
  const title = field(sent, 'title') ?? field(sent, 'event_title');
  return normalise(
    {
      status,
      title: title?.replace(/^\s*(\[(P[1-5]|(Re-)?(Triggered|Warn|No Data)|Recovered)[^\]]*\]\s*)+/i, '') || title,
      summary: field(sent, 'status'),
      // Datadog marks Markdown by lines of %%%.
      description: field(sent, 'body')?.replaceAll(/^%%%[ \t]*$/gm, ''),
      severity: severityOf(transition, sent),
      labels,
      annotations: present({ query: field(sent, 'query'), metric: field(sent, 'metric') }),
      // The date is that of this notification: of a renotification, or of a warning that became an alert, not the start.
      startsAt: transition === 'triggered' ? at : null,
      endsAt: status === 'resolved' ? at : null,
      fingerprint: conditionOf(sent),
      generatorUrl: field(sent, 'link'),
      links: link('Snapshot', field(sent, 'snapshot') ?? ''),
      isTest: /^\s*\[test\]/i.test(field(sent, 'event_title') ?? title ?? ''),
    },
    integration,
    receivedAt,
  );
}

/** A text of the template; a variable that Datadog did not know or had nothing for counts as absent. */
function field(sent: Record<string, unknown>, name: string): string | null {
  const text = readText(sent[name])?.trim() ?? '';
  return text === '' || /^\$[A-Z_]+$/.test(text) || text.toLowerCase() === 'null' ? null : text;
}

/** `*` is the scope of a monitor that does not tell groups apart. */
function scopeOf(sent: Record<string, unknown>): string {
  return (field(sent, 'scope') ?? '').replace(/(^|,)\s*\*\s*(?=,|$)/g, '$1');
}

const firing = /^(re-)?(triggered|warn|no data)$|^renotify$|^alert$/;

/** The transition, else the type of an event that no monitor sent. No data is a failure to see: it fires. */
function statusOf(transition: string, type: string | null): AlertStatus {
  if (transition.endsWith('recovered')) return 'resolved';
  if (firing.test(transition)) return 'firing';
  if (transition === '' && type !== null) return type.toLowerCase() === 'success' ? 'resolved' : 'firing';
  throw new BadField(
    `expected a transition like "Triggered", got ${JSON.stringify(transition.slice(0, 60))}`,
    'transition',
  );
}

/** The monitor's priority; a warning is never more than a warning, whatever the monitor's. */
function severityOf(transition: string, sent: Record<string, unknown>): string | null {
  const priority = field(sent, 'priority');
  if (transition.endsWith('warn')) return priority !== null && /^p[45]$/i.test(priority) ? priority : 'warning';
  return priority ?? (transition.endsWith('recovered') ? null : field(sent, 'alert_type'));
}

/** The key that links a trigger to its recovery; without one, the monitor and the group that fired. */
function conditionOf(sent: Record<string, unknown>): string {
  const key = field(sent, 'cycle_key') ?? field(sent, 'aggreg_key');
  if (key !== null) return key;
  const monitor = field(sent, 'monitor_id') ?? field(sent, 'title') ?? field(sent, 'event_title');
  if (monitor === null) throw new BadField('expected the cycle key, else the monitor or a title', 'cycle_key');
  const group = scopeOf(sent)
    .split(',')
    .map((part) => part.trim())
    .toSorted();
  return `${monitor}/${group.join(',')}`;
}

function isForm(contentType: string | null): boolean {
  return /^application\/x-www-form-urlencoded\b/i.test(contentType ?? '');
}

/** The fields of a form; one that holds the whole JSON under `payload` is unwrapped. */
function fieldsOfForm(raw: Buffer): unknown {
  const text = raw.toString('utf8').trim();
  // Some proxies keep the form's content type on a JSON body.
  if (text.startsWith('{')) return parseBody(raw);
  const fields = Object.fromEntries(new URLSearchParams(text));
  if (Object.keys(fields).length === 0) throw new UnreadableBody('the form is empty');
  return fields['payload'] === undefined ? fields : parseBody(Buffer.from(fields['payload']));
}

function present(texts: Record<string, string | null>): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).filter((entry): entry is [string, string] => entry[1] !== null));
}
