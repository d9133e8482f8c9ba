import { type ChannelAdapter, failed, postMessage } from './adapter.js';
import { slackMessage } from './slackMessage.js';

/** An incoming webhook; its address is its key. */
export const slackWebhookAdapter: ChannelAdapter = {
  kind: 'slack_webhook',
  send: async (message, { secret, mayReachPrivate }, tools) => {
    if (secret === null) return failed('it has no address');
    const headers = { 'content-type': 'application/json' };
    return postMessage(tools, secret, { headers, body: JSON.stringify(slackMessage(message, false)), mayReachPrivate });
  },
};
