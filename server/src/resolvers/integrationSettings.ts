import { isForbiddenHost } from '@tocsin/schema/domain/forbiddenAddress';
import {
  reconcilableSources,
  shortestHeartbeatSeconds,
  type DerivedField,
  type Integration,
  type SourceKind,
} from '@tocsin/schema/domain/source';
import type { LabelAliasInput } from '@tocsin/schema/graphql/inputs';
import { lockReconcile, sealPurpose, writeSealed, type SealedKind } from '@tocsin/schema/postgres/integrationSeal';
import type { Queryable } from '@tocsin/schema/postgres/pool';
import type { ApiContext } from '../context.js';
import { invalidInput } from '../errors.js';
import { optionalText, requiredText, textList, wholeNumber } from './input.js';
import { assertSecretComesAlong } from './secretAddress.js';

const mostAliases = 50;
const mostTopics = 50;
const topicArn = /^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[\w-]{1,256}(\.fifo)?$/;
const longest = { label: 1_024, url: 2_000, secret: 1_000 } as const;
const day = 86_400;

/** Undefined: left out; null: taken away. */
export function heartbeatOf(seconds: number | null | undefined): number | null | undefined {
  return seconds == null ? seconds : wholeNumber('heartbeatSeconds', seconds, shortestHeartbeatSeconds, 30 * day);
}

export function aliasesOf(
  aliases: readonly LabelAliasInput[] | null | undefined,
): Integration['labelAliases'] | undefined {
  if (aliases == null) return undefined;
  if (aliases.length > mostAliases) throw invalidInput('labelAliases', `At most ${mostAliases} aliases are kept.`);
  return aliases.map(({ field, label }, i) => ({
    field: derivedField(field, `labelAliases[${i}].field`),
    label: requiredText(`labelAliases[${i}].label`, label, longest.label),
  }));
}

function derivedField(name: string, path: string): DerivedField {
  if (name === 'service' || name === 'environment') return name;
  throw invalidInput(path, `${path} must be "service" or "environment".`);
}

/** @throws ApiFailure INVALID_INPUT where the sender has no list to ask for, or the URL is none we would ask */
export function reconcileUrlOf(url: string | null | undefined, source: SourceKind): string | null | undefined {
  if (url === undefined) return undefined;
  const text = optionalText('reconcileUrl', url, longest.url);
  if (text === null) return null;
  if (!reconcilableSources.includes(source)) {
    throw invalidInput('reconcileUrl', `Only ${reconcilableSources.join(', ')} have a list of alerts to compare with.`);
  }
  const parsed = URL.canParse(text) ? new URL(text) : null;
  if (parsed === null || !/^https?:$/.test(parsed.protocol)) {
    throw invalidInput('reconcileUrl', 'reconcileUrl must be a URL like http://alertmanager:9093.');
  }
  if (parsed.username !== '' || parsed.password !== '') {
    throw invalidInput('reconcileUrl', 'reconcileUrl must not hold a password: give a reconcileToken instead.');
  }
  // A name that leads there is noticed when it is asked.
  if (isForbiddenHost(parsed.hostname)) {
    throw invalidInput(
      'reconcileUrl',
      'reconcileUrl must not be a link-local or metadata address: clouds hand out credentials there.',
    );
  }
  return parsed.href;
}

/** A stored token does not go to another host. @throws ApiFailure INVALID_INPUT naming `reconcileToken` */
export async function assertReconcileAddress(db: Queryable, integrationId: number, url: string): Promise<void> {
  const before = await lockReconcile(db, integrationId);
  if (before?.hasToken === true) assertSecretComesAlong('reconcileToken', before.url, url);
}

/** Undefined: left out. @throws ApiFailure INVALID_INPUT for a source without topics, or what is no ARN of one */
export function topicsOf(
  topics: readonly string[] | null | undefined,
  source: SourceKind,
): readonly string[] | undefined {
  if (topics == null) return undefined;
  const wanted = textList('topics', topics, mostTopics, longest.url);
  if (wanted.length > 0 && source !== 'cloudwatch') throw invalidInput('topics', 'Only cloudwatch comes from topics.');
  const wrong = wanted.find((topic) => !topicArn.test(topic));
  if (wrong === undefined) return wanted;
  throw invalidInput('topics', `“${wrong.slice(0, 100)}” is not like arn:aws:sns:eu-central-1:210987654321:alarms.`);
}

/** Seals and stores a secret; null takes it away. False where there is no such integration. */
export async function storeSealed(
  db: Queryable,
  { services }: ApiContext,
  integrationId: number,
  kind: SealedKind,
  secret: string | null | undefined,
  field: string,
): Promise<boolean> {
  const text = secret ?? '';
  if (text === '') return writeSealed(db, integrationId, kind, null);
  if (text.length > longest.secret)
    throw invalidInput(field, `${field} must have at most ${longest.secret} characters.`);
  requireSealer(services, field);
  const sealed = services.sealer.seal(text, sealPurpose(integrationId, kind));
  return writeSealed(db, integrationId, kind, sealed);
}

/** @throws ApiFailure INVALID_INPUT where there is no key to keep a secret under */
export function requireSealer(
  services: ApiContext['services'],
  field: string,
): asserts services is ApiContext['services'] & { readonly sealer: NonNullable<ApiContext['services']['sealer']> } {
  if (services.sealer !== null) return;
  throw invalidInput(
    field,
    'Such a secret is only kept encrypted: set TOCSIN_SECRET_KEY, the same for every process, and start again.',
  );
}
