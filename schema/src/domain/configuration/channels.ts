import { z } from 'zod';
import { channelKinds } from '../notification.js';
import { type Format, optionalText, stated, text } from './format.js';

const setting = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const shape = z.strictObject({
  name: text,
  kind: z.enum(channelKinds),
  team: optionalText,
  settings: z
    .record(z.string(), setting)
    .default({})
    .transform((settings) => Object.fromEntries(Object.entries(settings).toSorted(([a], [b]) => (a < b ? -1 : 1)))),
  mayReachPrivate: z.boolean().default(false),
  isEnabled: z.boolean().default(true),
  ratePerMinute: z.int().default(30),
  subscriptions: z.array(z.strictObject({ kinds: z.array(text), condition: optionalText })).default([]),
});

export type ChannelEntry = z.output<typeof shape>;

/** Without its secret, which stays where it is; a channel that is new has none until somebody enters it. */
export const channelFormat: Format<ChannelEntry> = {
  key: 'channels',
  what: 'channel',
  shape,
  isSingle: false,
  nameOf: ({ name }) => name,
  yaml: ({ settings, isEnabled, subscriptions, ...channel }) => ({
    ...stated({ ...channel, settings: Object.keys(settings).length === 0 ? null : settings }),
    ...(!isEnabled && { isEnabled }),
    ...stated({ subscriptions: subscriptions.map((each) => stated({ ...each })) }),
  }),
};
