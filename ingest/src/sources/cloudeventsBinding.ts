import { isRecord } from '@tocsin/schema/domain/fields';
import { storableText } from '@tocsin/schema/domain/text';
import { parseBody } from '../body.js';
import type { SourceRequest } from './source.js';

type Headers = Readonly<Record<string, string>>;

const json = /^application\/json$|\+json$/;

/**
 * The event, or the list of events, of a request in any mode of the HTTP binding, in the JSON format. An event that comes as
 * plain JSON, or such under text/plain, is read as what it is. Any other media type gives a note of that: see {@link unsupportedMediaType}.
 * @throws UnreadableBody
 */
export function readEventBody(raw: Buffer, { headers, contentType }: SourceRequest): unknown {
  const mediaType = contentType?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (/^application\/cloudevents(-batch)?\+json$/.test(mediaType)) return parseBody(raw);
  const isOtherFormat = mediaType.startsWith('application/cloudevents');
  if (headers['ce-specversion'] !== undefined && !isOtherFormat) return binaryEvent(raw, headers, mediaType);
  if (!isOtherFormat && (mediaType === '' || json.test(mediaType))) return parseBody(raw);
  const mislabelled = mediaType === 'text/plain' ? eventIn(raw) : null;
  return mislabelled ?? { unsupportedMediaType: mediaType, body: storableText(raw.toString('utf8')) };
}

/** An event under the content type that many clients send by default, or null. */
function eventIn(raw: Buffer): unknown {
  try {
    const body = parseBody(raw);
    return Array.isArray(body) || (isRecord(body) && 'specversion' in body) ? body : null;
  } catch {
    // Some other text: its media type is what is wrong with it.
    return null;
  }
}

/** The media type that {@link readEventBody} could not read, or null. */
export function unsupportedMediaType(body: unknown): string | null {
  const mediaType = isRecord(body) && !('specversion' in body) ? body['unsupportedMediaType'] : null;
  return typeof mediaType === 'string' ? mediaType : null;
}

/** Attributes in headers, data in the body: JSON where it is that, else a text, else base64. */
function binaryEvent(raw: Buffer, headers: Headers, mediaType: string): Record<string, unknown> {
  const event: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(headers)) {
    const attribute = /^ce-([a-z0-9]{1,64})$/.exec(name)?.[1];
    if (attribute !== undefined && attribute !== 'data') event[attribute] = attributeOf(value);
  }
  if (mediaType !== '') event['datacontenttype'] = mediaType;
  if (raw.length === 0) return event;
  if (mediaType === '' || json.test(mediaType)) return { ...event, data: parseBody(raw) };
  const isText = mediaType.startsWith('text/') || /[/+]xml$/.test(mediaType);
  return isText
    ? { ...event, data: storableText(raw.toString('utf8')) }
    : { ...event, data_base64: raw.toString('base64') };
}

/** Headers hold percent-encoded UTF-8, some senders quote them. */
function attributeOf(header: string): string {
  const text = /^"(.*)"$/s.exec(header)?.[1]?.replaceAll(/\\(.)/g, '$1') ?? header;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The headers that let the origin of a handshake send, or null where the request is none. */
export function allowedOrigin(headers: Headers): Headers | null {
  const origin = headers['webhook-request-origin']?.trim() ?? '';
  if (!/^[\w.*:-]{1,253}$/.test(origin)) return null;
  return { allow: 'POST, OPTIONS', 'webhook-allowed-origin': origin, 'webhook-allowed-rate': '*' };
}
