import type { EventKind } from '../../graphql/graphql.ts';
import { channelKinds } from './channelKinds.ts';
import type { ChannelRow } from './channelQueries.ts';

/** Null: of a new one. */
export function firstDraft(channel: ChannelRow | null) {
  const [subscription] = channel?.subscriptions ?? [];
  return {
    name: channel?.name ?? '',
    kind: channel?.kind ?? ('EMAIL' as const),
    team: channel?.team?.name ?? '',
    settings: Object.fromEntries((channel?.settings ?? []).map(({ name, value }) => [name, value])),
    secret: '',
    kinds: (subscription?.kinds ?? []) as readonly EventKind[],
    condition: subscription?.condition ?? '',
    ratePerMinute: channel?.ratePerMinute ?? 30,
    isEnabled: channel?.isEnabled ?? true,
    mayReachPrivate: channel?.mayReachPrivate ?? false,
  };
}

export type Draft = ReturnType<typeof firstDraft>;

/** What is sent to keep the draft; `channel` is what it was before, null for a new one. */
export function channelInputOf(draft: Draft, channel: ChannelRow | null) {
  const known = channelKinds[draft.kind].settings;
  return {
    id: channel?.id ?? null,
    name: draft.name.trim(),
    kind: draft.kind,
    team: draft.team || null,
    settings: known
      .map(({ name }) => ({ name, value: draft.settings[name] ?? '' }))
      .filter(({ value }) => value !== ''),
    secret: draft.secret.trim() || null,
    mayReachPrivate: draft.mayReachPrivate,
    isEnabled: draft.isEnabled,
    ratePerMinute: draft.ratePerMinute,
    subscriptions: [
      ...(draft.kinds.length === 0 ? [] : [{ kinds: [...draft.kinds], condition: draft.condition.trim() || null }]),
      // What was set up by the API beyond the one that is shown stays.
      ...(channel?.subscriptions.slice(1) ?? []),
    ],
  };
}
