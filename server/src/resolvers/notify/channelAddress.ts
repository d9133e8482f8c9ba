import { type Channel, type ChannelDraft, readChannelSecret } from '@tocsin/schema/postgres/channel';
import { channelPurpose } from '@tocsin/schema/postgres/notificationTarget';
import type { Queryable } from '@tocsin/schema/postgres/pool';
import { SealBroken, type Sealer } from '@tocsin/schema/runtime/sealer';
import type { ApiContext } from '../../context.js';
import { ApiFailure } from '../../errors.js';
import { partsOfSecret, textOf } from '../../respond/notify/channels/adapter.js';
import { slackApi } from '../../respond/notify/channels/slackBot.js';
import { assertSecretComesAlong } from '../secretAddress.js';

interface Change {
  readonly draft: ChannelDraft;
  /** Undefined: it stays. */
  readonly secret: string | undefined;
}

/**
 * A stored secret does not follow its channel to another host, nor does the leave to reach a private network to another address.
 * @throws ApiFailure INVALID_INPUT naming `secret`, FORBIDDEN
 */
export async function assertAddress(
  db: Queryable,
  { services: { sealer }, viewer }: ApiContext,
  before: Channel,
  { draft, secret }: Change,
): Promise<void> {
  const stored = before.hasSecret ? await storedSecret(db, sealer, before.id) : null;
  const from = addressOf(before, stored);
  const to = addressOf(draft, secret ?? stored);
  if (before.hasSecret && secret === undefined) assertSecretComesAlong('secret', from, to);
  if (before.mayReachPrivate && draft.mayReachPrivate && from !== to && viewer.role !== 'admin') {
    throw new ApiFailure(
      'FORBIDDEN',
      'Only an admin may change the address of a channel that reaches a private network.',
    );
  }
}

/** Where its messages go; null: no such address, or none yet. */
function addressOf({ kind, settings }: Pick<Channel, 'kind' | 'settings'>, secret: string | null): string | null {
  switch (kind) {
    case 'email':
      return null;
    case 'slack_webhook':
    case 'teams':
      return secret;
    case 'slack_bot':
      return textOf(settings['apiUrl']) ?? slackApi;
    case 'webhook':
      return textOf(partsOfSecret(secret)['url']) ?? textOf(settings['url']);
  }
}

/** Null where it does not open: nothing is sent with it then either. */
async function storedSecret(db: Queryable, sealer: Sealer | null, id: number): Promise<string | null> {
  const sealed = await readChannelSecret(db, id);
  if (sealed === null || sealer === null) return null;
  try {
    return sealer.open(sealed, channelPurpose(id));
  } catch (error) {
    if (error instanceof SealBroken) return null;
    throw error;
  }
}
