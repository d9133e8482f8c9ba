import type { AttemptOutcome } from '@tocsin/schema/domain/notificationRetry';
import type { OutgoingAnswer } from '@tocsin/schema/runtime/outgoing';
import { type ChannelAdapter, failed, partsOfSecret, postMessage, textOf } from './adapter.js';
import { slackMessage } from './slackMessage.js';

export const slackApi = 'https://slack.com/api';
const passing = new Set(['ratelimited', 'rate_limited', 'fatal_error', 'internal_error', 'service_unavailable']);

/** A bot writes to a room, or to a member: what it writes to is the address. */
function botAdapter(kind: 'slack_bot' | 'slack'): ChannelAdapter {
  return {
    kind,
    send: async (message, { address, settings, secret, mayReachPrivate }, tools) => {
      const token = textOf(partsOfSecret(secret)['token']);
      if (token === null) return failed('its bot has no token');
      const url = `${textOf(settings['apiUrl']) ?? slackApi}/chat.postMessage`;
      const headers = { 'content-type': 'application/json; charset=utf-8', authorization: `Bearer ${token}` };
      const body = JSON.stringify({ ...slackMessage(message, true), channel: address });
      return postMessage(tools, url, { headers, body, mayReachPrivate }, readAnswer);
    },
  };
}

export const slackBotAdapter = botAdapter('slack_bot');
/** A member, by the bot of the channel that the contact names. */
export const slackPersonAdapter = botAdapter('slack');

/** Slack answers 200 and says in the body whether it did it. */
function readAnswer({ status, body, retryAfterMs }: OutgoingAnswer): AttemptOutcome {
  const answer = partsOfSecret(body);
  if (answer['ok'] === true) return { outcome: 'sent', status };
  const error = textOf(answer['error']) ?? 'an answer that is not Slack’s';
  return passing.has(error)
    ? { outcome: 'retry', status, error: `Slack says ${error}`, afterMs: retryAfterMs }
    : { outcome: 'failed', status, error: `Slack says ${error}` };
}
