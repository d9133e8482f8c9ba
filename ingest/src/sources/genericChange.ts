import { fieldsOf, readDetails, readTags } from '@tocsin/schema/domain/genericFields';
import type { Integration } from '@tocsin/schema/domain/source';
import { normaliseChange } from '../changes.js';
import { BadField, isRecord, readInstant, readText } from '@tocsin/schema/domain/fields';
import { refusedBody } from '../fields.js';
import { link } from '@tocsin/schema/domain/normalise';
import type { ChangeDraft, ParsedDelivery } from './source.js';

/** What `type` says of a change; anything else is an alert, which is better seen once too often. */
const changeTypes: ReadonlySet<string> = new Set([
  'change',
  'deploy',
  'deployment',
  'release',
  'rollback',
  'migration',
]);

/**
 * One change as simple JSON; null where the body is none. It must say so by its `type` and have no status.
 * ```json
 * { "type": "deploy", "title": "mailer 4.2", "service": "mailer", "environment": "production", "id": "build-42",
 *   "time": "2026-11-02T07:15:00Z", "url": "https://…", "details": { "commit": "9f1c2d" } }
 * ```
 */
export function readGenericChange(body: unknown, integration: Integration, receivedAt: number): ParsedDelivery | null {
  if (!isRecord(body) || !isChange(body)) return null;
  try {
    const changes: ChangeDraft[] = [normaliseChange(changeFieldsOf(body), integration, receivedAt)];
    return { ok: true, alerts: [], rejected: [], changes };
  } catch (failure) {
    if (!(failure instanceof BadField)) throw failure;
    return refusedBody(failure);
  }
}

function isChange(body: Record<string, unknown>): boolean {
  const type = readText(body['type'])?.trim().toLowerCase() ?? '';
  return changeTypes.has(type) && fieldsOf(body).status === undefined;
}

function changeFieldsOf(body: Record<string, unknown>): Parameters<typeof normaliseChange>[0] {
  const fields = fieldsOf(body);
  const title = readText(fields.title)?.trim() ?? '';
  if (title === '') throw new BadField('give the change a title (or name, summary)', 'title');
  return {
    key: readText(fields.dedupKey),
    title,
    service: readText(fields.service),
    environment: readText(fields.environment),
    occurredAt: readInstant(fields.startsAt, 'time'),
    links: link('Change', readText(fields.url) ?? undefined),
    details: { ...readTags(fields.labels), ...readDetails(fields.annotations) },
  };
}
