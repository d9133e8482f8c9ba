import type { ChannelAdapter } from './adapter.js';
import { emailAdapter } from './email.js';
import { slackBotAdapter, slackPersonAdapter } from './slackBot.js';
import { slackWebhookAdapter } from './slackWebhook.js';
import { teamsAdapter } from './teams.js';
import { webhookAdapter } from './webhook.js';
import { webPushAdapter } from './webPush.js';

const adapters: readonly ChannelAdapter[] = [
  emailAdapter,
  slackWebhookAdapter,
  slackBotAdapter,
  slackPersonAdapter,
  teamsAdapter,
  webhookAdapter,
  webPushAdapter,
];

const byKind = new Map(adapters.map((adapter) => [adapter.kind, adapter]));

export function adapterOf(kind: ChannelAdapter['kind']): ChannelAdapter | null {
  return byKind.get(kind) ?? null;
}
