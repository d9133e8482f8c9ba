import { createHash } from 'node:crypto';
import type { AlertLink, Labels } from '@tocsin/schema/domain/alert';
import { deriveFields } from '@tocsin/schema/domain/derive';
import { environmentKey } from '@tocsin/schema/domain/deriveEnvironment';
import { boundedKey } from '@tocsin/schema/domain/fingerprint';
import type { Integration } from '@tocsin/schema/domain/source';
import { storableLabels, textLimits, textOrNull } from '@tocsin/schema/domain/text';
import { plausibleOrNull } from '@tocsin/schema/domain/fields';
import type { ChangeDraft } from './sources/source.js';

/** What an adapter read of a change, unchecked texts and all. */
export interface ChangeFields {
  /** The sender's own id of it; null where it has none, then its content is. */
  readonly key: string | null;
  readonly title: string;
  readonly service: string | null;
  readonly environment: string | null;
  /** Epoch milliseconds; null: now. */
  readonly occurredAt: number | null;
  readonly links: readonly AlertLink[];
  /** Shown; service and environment are derived from them as from labels where none is stated. */
  readonly details: Labels;
}

/** A change without an id and a time of its own that comes again within this is a repetition, later it is another one. */
const repetitionMs = 10 * 60_000;

/** A change in our words: storable, bounded, with a key that tells a repetition. */
export function normaliseChange(fields: ChangeFields, integration: Integration, receivedAt: number): ChangeDraft {
  const details = storableLabels(fields.details, textLimits.annotationValue);
  const derived = deriveFields(details, integration);
  const sentAt = plausibleOrNull(fields.occurredAt, receivedAt);
  return {
    key: fields.key ? boundedKey(fields.key) : contentKey(fields, sentAt ?? Math.floor(receivedAt / repetitionMs)),
    title: textOrNull(fields.title, textLimits.title) ?? 'Untitled change',
    service: textOrNull(fields.service, textLimits.dimension) ?? derived.service,
    environment: environmentKey(textOrNull(fields.environment, textLimits.dimension) ?? derived.environment),
    // A clock that runs ahead would put the cause after its effect.
    occurredAt: Math.min(sentAt ?? receivedAt, receivedAt),
    links: fields.links,
    details,
  };
}

function contentKey({ title, service, environment, details }: ChangeFields, time: number): string {
  const content = [title, service, environment, time, Object.entries(details).toSorted(([a], [b]) => (a < b ? -1 : 1))];
  return createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 32);
}
