import type { NormalisedAlert } from '@tocsin/schema/domain/alert';
import type { Integration } from '@tocsin/schema/domain/source';
import { z } from 'zod';
import { parseBody } from '../body.js';
import { isRecord } from '@tocsin/schema/domain/fields';
import { guardedGet, OutgoingFailure } from '@tocsin/schema/runtime/outgoing';
import { sources } from '../sources/registry.js';

/** What a sender says it has now. */
export interface SenderListing {
  /** Firing and told to everybody. */
  readonly active: readonly NormalisedAlert[];
  /** Fingerprints of what fires and is kept quiet there, with how. */
  readonly quiet: ReadonlyMap<string, 'silenced' | 'inhibited'>;
}

const timeoutMs = 8_000;
/** 20,000 alerts of a kilobyte and a half. */
const limitBytes = 32 * 1024 * 1024;

/** Alertmanager answers an array, SigNoz's older API wraps it. */
const answerSchema = z.union([
  z.array(z.unknown()),
  z.object({ data: z.array(z.unknown()) }).transform(({ data }) => data),
]);
const stateSchema = z.object({
  status: z.object({
    state: z.string(),
    silencedBy: listOfTexts(),
    inhibitedBy: listOfTexts(),
    mutedBy: listOfTexts(),
  }),
});

function listOfTexts() {
  return z.array(z.unknown()).nullish().catch(null);
}

/**
 * Asks the sender's API. The URL may be the server's own (`http://alertmanager:9093`): then the usual path is asked; or it
 * names the path, with a query that narrows it to what we receive (`?receiver=tocsin`).
 * @throws OutgoingFailure
 */
export async function fetchListing(
  integration: Integration,
  url: string,
  token: string | null,
  now: number,
): Promise<SenderListing> {
  const headers = { accept: 'application/json', ...(token === null ? {} : { authorization: `Bearer ${token}` }) };
  const body = await guardedGet(listingUrl(url, integration), { headers, timeoutMs, limitBytes });
  return readListing(parsed(body), integration, now);
}

function parsed(body: Buffer): unknown {
  try {
    return parseBody(body);
  } catch (error) {
    throw new OutgoingFailure(`its answer could not be read: ${error instanceof Error ? error.message : ''}`);
  }
}

export function listingUrl(url: string, { source }: Pick<Integration, 'source'>): string {
  const target = new URL(url);
  if (!/\/alerts\/?$/.test(target.pathname)) {
    target.pathname = `${target.pathname.replace(/\/+$/, '')}${source === 'signoz' ? '/api/v1/alerts' : '/api/v2/alerts'}`;
  }
  return target.href;
}

/** @throws OutgoingFailure where the answer is no list of alerts */
export function readListing(answer: unknown, integration: Integration, now: number): SenderListing {
  const list = answerSchema.safeParse(answer);
  if (!list.success) throw new OutgoingFailure('its answer is no list of alerts');
  const active: unknown[] = [];
  const kept = { silenced: [] as unknown[], inhibited: [] as unknown[] };
  for (const alert of list.data) {
    const found = stateSchema.safeParse(alert);
    if (!found.success || found.data.status.state !== 'suppressed') active.push(alert);
    else kept[(found.data.status.inhibitedBy ?? []).length > 0 ? 'inhibited' : 'silenced'].push(alert);
  }
  const quiet = new Map<string, 'silenced' | 'inhibited'>();
  for (const reason of ['inhibited', 'silenced'] as const) {
    for (const { fingerprint } of understood(kept[reason], integration, now)) quiet.set(fingerprint, reason);
  }
  return { active: understood(active, integration, now), quiet };
}

/** Read by the adapter that reads its deliveries, so that one condition has one fingerprint, however we hear of it. */
function understood(
  alerts: readonly unknown[],
  integration: Integration,
  receivedAt: number,
): readonly NormalisedAlert[] {
  const firing = alerts.filter(isRecord).map(({ endsAt: _endsAt, ...alert }) => ({ ...alert, status: 'firing' }));
  const isPrometheus = integration.source === 'prometheus';
  const body = isPrometheus ? firing : { version: '4', groupKey: '', alerts: firing };
  const request = { receivedAt, headers: {}, contentType: null };
  const read = sources[integration.source].parse(body, integration, request);
  return read.ok ? read.alerts : [];
}
