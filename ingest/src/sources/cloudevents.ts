import type { NormalisedAlert } from '@tocsin/schema/domain/alert';
import { BadField, isRecord, kindOf } from '@tocsin/schema/domain/fields';
import { mapsAlert } from '@tocsin/schema/domain/mapping';
import { normalise } from '@tocsin/schema/domain/normalise';
import type { Integration } from '@tocsin/schema/domain/source';
import { storableJson } from '@tocsin/schema/domain/text';
import { normaliseChange } from '../changes.js';
import { readOne, refusedBody } from '../fields.js';
import { parseMapped } from '../mapped.js';
import { allowedOrigin, readEventBody, unsupportedMediaType } from './cloudeventsBinding.js';
import { assertEvent, changeFields, eventDraft, isChange } from './cloudeventsRead.js';
import type { ChangeDraft, ParsedDelivery, RejectedAlert, Source } from './source.js';

/** As many as a batch of ours holds. */
const mostEvents = 1_000;

/**
 * CloudEvents 1.0 over HTTP: structured, batched and binary, with the handshake of its web hooks. The data is read as simple
 * JSON (see `generic`), or by the integration's mapping, to which `body` is the event in its JSON form: `body.data.…`.
 * What the data leaves open, the attributes say. Events about a deploy are changes.
 *
 * Source: cloudevents/spec 1.0, its JSON format, HTTP protocol binding and HTTP 1.1 web hooks.
 */
export const cloudevents: Source = {
  kind: 'cloudevents',
  readBody: readEventBody,
  parse(body, integration, { receivedAt }) {
    const mediaType = unsupportedMediaType(body);
    if (mediaType !== null) return notSupported(mediaType);
    return Array.isArray(body) ? readBatch(body, integration, receivedAt) : readEvent(body, integration, receivedAt);
  },
  parseOne: (event, integration, { receivedAt }) => readEvent(event, integration, receivedAt),
  handshake: ({ headers }) => {
    const allowed = allowedOrigin(headers);
    return allowed === null ? null : { status: 200, headers: allowed, body: {} };
  },
};

/** @param startedAt of a batch, when its first event was begun */
function readEvent(event: unknown, integration: Integration, receivedAt: number, startedAt?: number): ParsedDelivery {
  try {
    if (!isRecord(event)) throw new BadField(`expected an event, got ${kindOf(event)}`);
    assertEvent(event);
    const isMapped = integration.mapping.length > 0;
    if (isChange(event) && !(isMapped && mapsAlert(event, integration.mapping))) {
      const changes = [normaliseChange(changeFields(event), integration, receivedAt)];
      return { ok: true, alerts: [], rejected: [], changes };
    }
    if (isMapped) return parseMapped(event, integration, receivedAt, startedAt);
    return readOne('', () => normalise(eventDraft(event, integration), integration, receivedAt));
  } catch (failure) {
    if (!(failure instanceof BadField)) throw failure;
    return refusedBody(failure);
  }
}

/** Each event on its own: a bad one is a dead letter, its neighbours go on. */
function readBatch(events: readonly unknown[], integration: Integration, receivedAt: number): ParsedDelivery {
  if (events.length > mostEvents) {
    return refusedBody(new BadField(`a batch has ${events.length} events, at most ${mostEvents} are read: send fewer`));
  }
  const startedAt = performance.now();
  const alerts: NormalisedAlert[] = [];
  const rejected: RejectedAlert[] = [];
  const changes: ChangeDraft[] = [];
  for (const [index, event] of events.entries()) {
    const parsed = readEvent(event, integration, receivedAt, startedAt);
    const pathOf = (path: string | null): string => (path ? `[${index}].${path}` : `[${index}]`);
    if (!parsed.ok) {
      const message = `[${index}]: ${parsed.message}`;
      rejected.push({ path: pathOf(parsed.path), message, body: storableJson(event) });
      continue;
    }
    alerts.push(...parsed.alerts);
    changes.push(...(parsed.changes ?? []));
    // Several alerts in one event, not all of them readable: the whole event is the letter; what is stored is not doubled.
    for (const { path, message } of parsed.rejected.slice(0, 1)) {
      rejected.push({ path: pathOf(path), message: `[${index}]: ${message}`, body: storableJson(event) });
    }
  }
  return { ok: true, alerts, rejected, changes };
}

function notSupported(mediaType: string): ParsedDelivery {
  const got = JSON.stringify(mediaType.slice(0, 100));
  const message = `the media type ${got} is not understood: send application/cloudevents+json, its batch, or ce- headers`;
  const answer = { status: 415, body: { error: { code: 'MALFORMED_PAYLOAD', message, path: null } } };
  return { ok: false, code: 'MALFORMED_PAYLOAD', message, path: null, answer };
}
