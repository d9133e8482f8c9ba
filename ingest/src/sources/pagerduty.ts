import { createHash } from 'node:crypto';
import type { Labels, NormalisedAlert } from '@tocsin/schema/domain/alert';
import { deriveFields } from '@tocsin/schema/domain/derive';
import { boundedKey } from '@tocsin/schema/domain/fingerprint';
import type { Integration } from '@tocsin/schema/domain/source';
import { storableJson, textLimits } from '@tocsin/schema/domain/text';
import { normaliseChange } from '../changes.js';
import { isRecord, kindOf, readInstant } from '@tocsin/schema/domain/fields';
import { normalise } from '@tocsin/schema/domain/normalise';
import {
  actions,
  readCustomDetails,
  readLinks,
  recordOf,
  severityWords,
  textOf,
  type EventFault,
} from './pagerdutyFields.js';
import type { ChangeDraft, ParsedDelivery, Source, SourceAnswer } from './source.js';

/** What stays the same over the life of an alert and says where it is; the rest of the details is only shown. */
const labelFields = ['source', 'component', 'group', 'class'] as const;

/** Alertmanager's notifier counts in front of its summary; the next event of the same alert counts differently. */
const countPrefix = /^\[(FIRING|RESOLVED)(:\d+)?(, RESOLVED:\d+)?\]\s*/;

const common = {
  kind: 'pagerduty',
  bodyLimit: 512 * 1024,
  secretFrom: (body: unknown) => textOf(recordOf(body)['routing_key']),
  refusal,
} as const;

/**
 * PagerDuty's Events API v2, `POST /v2/enqueue`. The routing key is the secret, the deduplication key the condition; an
 * acknowledgement acknowledges the open incident that the alert is in. The time in an event is not believed: a trigger
 * that comes again bears a later one, which would make it another episode.
 *
 * Source: PagerDuty/developer-docs events-api-v2.
 */
export const pagerdutyEvents: Source = { ...common, parse: readEvent };

/** `POST /v2/change/enqueue`: what was done to a system, which opens nothing. */
export const pagerdutyChanges: Source = { ...common, parse: readChange };

/** `/webhooks/pagerduty` takes both: a change event has neither an action nor a severity. */
export const pagerduty: Source = {
  ...common,
  parse(body, integration, request) {
    const payload = recordOf(recordOf(body)['payload']);
    const isChange =
      isRecord(body) && body['event_action'] === undefined && payload['severity'] === undefined && 'summary' in payload;
    return (isChange ? readChange : readEvent)(body, integration, request);
  },
};

function readEvent(body: unknown, integration: Integration, { receivedAt }: { receivedAt: number }): ParsedDelivery {
  if (!isRecord(body)) return invalid([`expected a JSON object, got ${kindOf(body)}`], null);
  const faults = faultsOf(body);
  if (faults.length > 0) return invalid(faults, pathOf(faults));
  const action = body['event_action'];
  const key = textOf(body['dedup_key']) ?? madeKey(body, receivedAt);
  const answer = accepted({ message: 'Event processed', dedup_key: key });
  if (action === 'acknowledge') {
    return { ok: true, alerts: [], rejected: [], acknowledged: [boundedKey(key)], answer };
  }
  const status = action === 'resolve' ? 'resolved' : 'firing';
  return { ok: true, alerts: [alertOf(body, key, status, integration, receivedAt)], rejected: [], answer };
}

function alertOf(
  body: Record<string, unknown>,
  key: string,
  status: 'firing' | 'resolved',
  integration: Integration,
  receivedAt: number,
): NormalisedAlert {
  const payload = recordOf(body['payload']);
  const details = readCustomDetails(payload['custom_details']);
  const labels = labelsOf(payload);
  const derived = deriveFields({ ...scalars(details), ...labels }, integration);
  return normalise(
    {
      status,
      labels,
      annotations: details,
      startsAt: null,
      endsAt: null,
      fingerprint: key,
      title: textOf(payload['summary'])?.replace(countPrefix, '') ?? null,
      severity: textOf(payload['severity']),
      service: derived.service ?? textOf(payload['component']),
      environment: derived.environment,
      generatorUrl: textOf(body['client_url']),
      runbookUrl: details['runbook_url'] ?? details['runbook'],
      traceId: details['trace_id'],
      links: readLinks(body),
    },
    integration,
    receivedAt,
  );
}

function labelsOf(payload: Record<string, unknown>): Labels {
  const entries = labelFields.flatMap((name): [string, string][] => {
    const text = textOf(payload[name]);
    return text === null ? [] : [[name, text]];
  });
  return Object.fromEntries(entries);
}

/** Details that may name a service or an environment: a line of text does, a page does not. */
function scalars(details: Labels): Labels {
  const short = Object.entries(details).filter(
    ([, text]) => text.length <= textLimits.dimension && !/[\n{[]/.test(text),
  );
  return Object.fromEntries(short);
}

function readChange(body: unknown, integration: Integration, { receivedAt }: { receivedAt: number }): ParsedDelivery {
  if (!isRecord(body)) return invalid([`expected a JSON object, got ${kindOf(body)}`], null);
  const payload = recordOf(body['payload']);
  const title = textOf(payload['summary']);
  if (title === null) return invalid(["'payload.summary' is missing or blank"], 'payload.summary');
  let occurredAt: number | null = null;
  try {
    occurredAt = readInstant(payload['timestamp'], 'timestamp');
  } catch {
    return invalid(["'payload.timestamp' is not a valid timestamp"], 'payload.timestamp');
  }
  const source = textOf(payload['source']);
  const details = { ...readCustomDetails(payload['custom_details']), ...(source === null ? {} : { source }) };
  const fields = { key: null, title, service: null, environment: null, occurredAt, links: readLinks(body), details };
  const changes: ChangeDraft[] = [normaliseChange(fields, integration, receivedAt)];
  return { ok: true, alerts: [], rejected: [], changes, answer: accepted({ message: 'Change event processed' }) };
}

/** What PagerDuty insists on, too: a client that is wrong there finds out here as it would there. */
function faultsOf(body: Record<string, unknown>): EventFault[] {
  const faults: EventFault[] = [];
  const { event_action: action, dedup_key: key } = body;
  if (typeof action !== 'string' || !actions.includes(action)) {
    faults.push("'event_action' is missing or not one of trigger, acknowledge, resolve");
  }
  if (key !== undefined && key !== null && (textOf(key)?.length ?? 0) > 255) {
    faults.push("'dedup_key' is longer than 255 characters");
  }
  if (action !== 'trigger') {
    if (textOf(key) === null && typeof action === 'string' && actions.includes(action))
      faults.push("'dedup_key' is missing or blank");
    return faults;
  }
  if (!isRecord(body['payload'])) return [...faults, "'payload' is missing or blank"];
  const { summary, source, severity } = body['payload'];
  if (textOf(summary) === null) faults.push("'payload.summary' is missing or blank");
  if (textOf(source) === null) faults.push("'payload.source' is missing or blank");
  if (typeof severity !== 'string' || !severityWords.includes(severity)) {
    faults.push(`'payload.severity' is invalid (must be one of the following: ${severityWords.join(', ')})`);
  }
  return faults;
}

/** A trigger without a key is an alert of its own; the same request in the same instant is that one again. */
function madeKey(body: Record<string, unknown>, receivedAt: number): string {
  return createHash('sha256')
    .update(`${receivedAt}\n${JSON.stringify(storableJson(body))}`)
    .digest('hex')
    .slice(0, 32);
}

function accepted(rest: Record<string, string>): SourceAnswer {
  return { status: 202, body: { status: 'success', ...rest } };
}

function invalid(errors: readonly EventFault[], path: string | null): ParsedDelivery {
  const message = errors.join('; ');
  const body = { status: 'invalid event', message: 'Event object is invalid', errors };
  return { ok: false, code: 'MALFORMED_PAYLOAD', message, path, answer: { status: 400, body } };
}

function pathOf([fault]: readonly EventFault[]): string | null {
  return /^'([\w.]+)'/.exec(fault ?? '')?.[1] ?? null;
}

function refusal(status: number, message: string): Readonly<Record<string, unknown>> {
  const errors = [status === 401 ? 'Invalid routing key' : message];
  return { status: status < 500 ? 'invalid event' : 'error', message, errors };
}
