import { type ChannelEntry, channelFormat } from '@tocsin/schema/domain/configuration/channels';
import { loadChannels } from '@tocsin/schema/postgres/channel';
import { deleteChannelIn, saveChannelIn } from '@tocsin/schema/postgres/channelWrite';
import { channelDraftOf } from '../resolvers/notify/channelInput.js';
import { knownKinds } from './eventKinds.js';
import { section } from './section.js';

export const channelSection = section<ChannelEntry>({
  format: channelFormat,
  read: async (db, names) =>
    (await loadChannels(db)).map(({ id, teamId, settings, subscriptions, ...channel }) => ({
      id,
      entry: channelFormat.shape.parse({
        name: channel.name,
        kind: channel.kind,
        team: names.nameOf('team', teamId),
        settings,
        mayReachPrivate: channel.mayReachPrivate,
        isEnabled: channel.isEnabled,
        ratePerMinute: channel.ratePerMinute,
        subscriptions,
      }),
    })),
  settle: (channel, names, at) => ({
    ...channel,
    team: names.spell('team', channel.team, `${at}.team`),
    subscriptions: channel.subscriptions.map(({ kinds, condition }, index) => ({
      kinds: knownKinds(kinds, `${at}.subscriptions[${index}].kinds`),
      condition,
    })),
  }),
  save: async (db, id, channel, names, edit) => {
    const settings = Object.entries(channel.settings).map(([name, value]) => ({ name, value }));
    const draft = channelDraftOf({ ...channel, settings }, names.idOf('team', channel.team));
    return saveChannelIn(db, { id, draft, expectedVersion: null, writeSecret: null }, edit);
  },
  remove: (db, { id }, edit) => deleteChannelIn(db, id ?? 0, edit),
});
