import { DomainFailure } from '../domain/errors.js';
import { nameKey } from '../domain/service.js';
import {
  type Channel,
  type ChannelDraft,
  deleteChannelRow,
  insertChannel,
  loadChannels,
  lockChannel,
  updateChannel,
  usersOfChannel,
} from './channel.js';
import { recordConfigurationChange } from './configurationEvent.js';
import { moveConfiguration } from './configurationVersion.js';
import { type Edit, missing, refuseInUse, refuseStale } from './onCallEdit.js';
import { automationsUsing } from './automationUse.js';
import type { Queryable } from './pool.js';

const what = 'notification channel';

interface SaveChannel {
  /** Null: a new one. */
  readonly id: number | null;
  readonly draft: ChannelDraft;
  /** Null: it overwrites. */
  readonly expectedVersion: number | null;
  /** Seals a new secret of the channel of this id, before the change is recorded; null: the secret stays. */
  readonly writeSecret: ((id: number) => Promise<void>) | null;
}

/** Adds or changes a channel in the caller's transaction. @throws DomainFailure NOT_FOUND, CONFLICT, INVALID_INPUT */
export async function saveChannelIn(db: Queryable, save: SaveChannel, edit: Edit): Promise<Channel> {
  const { id, draft, expectedVersion, writeSecret } = save;
  const before = id === null ? null : await lockChannel(db, id);
  if (id !== null && before === null) throw missing(what, id);
  if (before !== null) refuseStale(what, before.version, expectedVersion);
  if (before !== null && before.kind !== draft.kind) throw wrong('kind', 'The kind of a channel stays.');
  const saved = await write(db, before, draft);
  if (writeSecret !== null) await writeSecret(saved);
  return recordChannel(db, before, saved, edit);
}

async function write(db: Queryable, before: Channel | null, draft: ChannelDraft): Promise<number> {
  const key = nameKey(draft.name);
  const taken = wrong('name', `There is a channel called ${draft.name} already.`);
  if (before === null) {
    const id = await insertChannel(db, draft, key);
    if (id === null) throw taken;
    return id;
  }
  if (!(await updateChannel(db, before.id, draft, key))) throw taken;
  return before.id;
}

/** Tells of a channel that was changed in the caller's transaction. */
export async function recordChannel(db: Queryable, before: Channel | null, id: number, edit: Edit): Promise<Channel> {
  const after = (await loadChannels(db)).find((each) => each.id === id);
  if (after === undefined) throw missing(what, id);
  const action = before === null ? 'created' : 'changed';
  const change = { topic: 'channel', action, id, name: after.name, before, after } as const;
  await recordConfigurationChange(db, edit.actor, change, edit.now);
  await moveConfiguration(db, 'channels');
  return after;
}

/** @throws DomainFailure NOT_FOUND, IN_USE */
export async function deleteChannelIn(db: Queryable, id: number, { actor, now }: Edit): Promise<void> {
  const before = await lockChannel(db, id);
  if (before === null) throw missing(what, id);
  refuseInUse(before.name, [...(await usersOfChannel(db, id)), ...(await automationsUsing(db, 'channelId', id))]);
  await deleteChannelRow(db, id);
  const change = { topic: 'channel', action: 'removed', id, name: before.name, before, after: null } as const;
  await recordConfigurationChange(db, actor, change, now);
  await moveConfiguration(db, 'channels');
}

function wrong(field: string, message: string): DomainFailure {
  return new DomainFailure({ code: 'INVALID_INPUT', field, message });
}
