import type { AlertLink, Labels } from '@tocsin/schema/domain/alert';
import { textOrNull } from '@tocsin/schema/domain/text';
import { isRecord, readText } from '@tocsin/schema/domain/fields';
import { link } from '@tocsin/schema/domain/normalise';
import { readDetails } from '@tocsin/schema/domain/genericFields';

/** One fault of an event, in the words that PagerDuty's own answers have. */
export type EventFault = string;

export const severityWords: readonly string[] = ['critical', 'error', 'warning', 'info'];
export const actions: readonly string[] = ['trigger', 'acknowledge', 'resolve'];

export function recordOf(value: unknown): Record<string, unknown> {
  return isRecord(value) ? value : {};
}

export function textOf(value: unknown): string | null {
  const text = readText(value)?.trim() ?? '';
  return text === '' ? null : text;
}

/** `links` are `{href, text}`, `images` `{src, href, alt}`; the client's own page comes first. */
export function readLinks(body: Record<string, unknown>): AlertLink[] {
  const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value.slice(0, 50) : []);
  const client = link(titleOf(body['client'], 'Client'), readText(body['client_url']) ?? undefined);
  const links = listOf(body['links'])
    .map(recordOf)
    .flatMap(({ href, text }) => link(titleOf(text, 'Link'), readText(href) ?? undefined));
  const images = listOf(body['images'])
    .map(recordOf)
    .flatMap(({ src, alt }) => link(titleOf(alt, 'Image'), readText(src) ?? undefined));
  return [...client, ...links, ...images];
}

function titleOf(value: unknown, otherwise: string): string {
  return textOrNull(readText(value), 200) ?? otherwise;
}

/** `custom_details`, an object by the protocol; clients also send a text. */
export function readCustomDetails(value: unknown): Labels {
  const text = readText(value);
  return text === null ? readDetails(value) : { details: text };
}
