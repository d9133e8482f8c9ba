import type { ChannelKind, ContactKind } from '../domain/notification.js';
import type { Severity } from '../domain/severity.js';
import { severityOfRank } from '../domain/severity.js';
import type { ClaimedNotification } from './notificationClaim.js';
import type { Queryable } from './pool.js';

/** A secret as it is stored, and what it opens for. */
export interface SealedSecret {
  readonly sealed: Buffer;
  readonly purpose: string;
}

export interface StoredTarget {
  readonly kind: ChannelKind | ContactKind;
  readonly name: string;
  readonly address: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly secret: SealedSecret | null;
  /** Signs along until its rotation ends. */
  readonly previousSecret: SealedSecret | null;
  readonly mayReachPrivate: boolean;
  readonly isUsable: boolean;
}

export function channelPurpose(id: number): string {
  return `channel:${id}`;
}

export function contactPurpose(id: number): string {
  return `contact:${id}`;
}

type Place = Pick<ClaimedNotification, 'contactId' | 'channelId' | 'email'>;

/** Where the message goes; null where the contact or channel is gone. @param now epoch milliseconds */
export async function targetOf(
  db: Queryable,
  { contactId, channelId, email }: Place,
  now: number,
): Promise<StoredTarget | null> {
  if (channelId !== null) return channelTarget(db, channelId, now);
  if (contactId !== null) return contactTarget(db, contactId);
  if (email === null) return null;
  const plain = { settings: {}, secret: null, previousSecret: null, mayReachPrivate: false, isUsable: true };
  return { kind: 'email', name: 'e-mail', address: email, ...plain };
}

export async function channelTarget(db: Queryable, id: number, now: number): Promise<StoredTarget | null> {
  const { rows } = await db.query<{
    kind: ChannelKind;
    name: string;
    settings: Record<string, unknown>;
    secret: Buffer | null;
    previous_secret: Buffer | null;
    previous_secret_until: number | null;
    may_reach_private: boolean;
    is_enabled: boolean;
  }>({
    name: 'channel_target',
    text: `select kind, name, settings, secret, previous_secret, previous_secret_until, may_reach_private, is_enabled
             from notification_channel where id = $1`,
    values: [id],
  });
  const [row] = rows;
  if (row === undefined) return null;
  const isOverlap = row.previous_secret_until !== null && row.previous_secret_until > now;
  return {
    kind: row.kind,
    name: row.name,
    address: addressOf(row.settings),
    settings: row.settings,
    secret: sealedFor(row.secret, channelPurpose(id)),
    previousSecret: isOverlap ? sealedFor(row.previous_secret, channelPurpose(id)) : null,
    mayReachPrivate: row.may_reach_private,
    isUsable: row.is_enabled,
  };
}

export async function contactTarget(db: Queryable, id: number): Promise<StoredTarget | null> {
  const { rows } = await db.query<{
    kind: ContactKind;
    name: string;
    address: string;
    settings: Record<string, unknown>;
    secret: Buffer | null;
    channel_id: number | null;
    channel_settings: Record<string, unknown> | null;
    channel_secret: Buffer | null;
    may_reach_private: boolean | null;
  }>({
    name: 'contact_target',
    text: `select c.kind, c.name, c.address, c.settings, c.secret, c.channel_id, h.settings as channel_settings,
                  h.secret as channel_secret, h.may_reach_private
             from contact c left join notification_channel h on h.id = c.channel_id where c.id = $1`,
    values: [id],
  });
  const [row] = rows;
  if (row === undefined) return null;
  const isSlack = row.kind === 'slack' && row.channel_id !== null;
  return {
    kind: row.kind,
    name: row.name,
    address: row.address,
    settings: isSlack ? (row.channel_settings ?? {}) : row.settings,
    secret: isSlack
      ? sealedFor(row.channel_secret, channelPurpose(row.channel_id ?? 0))
      : sealedFor(row.secret, contactPurpose(id)),
    previousSecret: null,
    mayReachPrivate: row.may_reach_private ?? false,
    isUsable: true,
  };
}

function sealedFor(sealed: Buffer | null, purpose: string): SealedSecret | null {
  return sealed === null ? null : { sealed, purpose };
}

/** What a message may say about its incident and whom it is for. */
export interface MessageFacts {
  readonly person: { readonly handle: string; readonly name: string } | null;
  readonly incident: IncidentFacts | null;
}

export interface IncidentFacts {
  readonly id: number;
  readonly title: string;
  readonly description: string | null;
  readonly type: string;
  readonly severity: Severity;
  readonly phase: string;
  readonly status: string;
  readonly services: readonly string[];
  readonly environment: string | null;
  readonly team: string | null;
  readonly assignee: string | null;
  readonly priority: number;
}

/** One statement, whatever of it there is. */
export async function messageFacts(
  db: Queryable,
  { personId, incidentId }: Pick<ClaimedNotification, 'personId' | 'incidentId'>,
): Promise<MessageFacts> {
  const { rows } = await db.query<{
    person: MessageFacts['person'];
    incident: (Omit<IncidentFacts, 'severity'> & { readonly severity: number }) | null;
  }>({
    name: 'message_facts',
    text: `select (select jsonb_build_object('handle', handle, 'name', name) from person where id = $1) as person,
                  (select to_jsonb(i) from (select id, title, description, type, severity, phase, status, services, environment,
                                                   team, assignee, priority from incident where id = $2) i) as incident`,
    values: [personId, incidentId],
  });
  const { person = null, incident = null } = rows[0] ?? {};
  return { person, incident: incident === null ? null : { ...incident, severity: severityOfRank(incident.severity) } };
}

/** Where it goes, whatever its kind calls that. */
function addressOf({ address, url, room }: Readonly<Record<string, unknown>>): string {
  const found = address ?? url ?? room;
  return typeof found === 'string' ? found : '';
}
