import type { RenderedMessage } from '@tocsin/schema/domain/notification';
import { Webhook } from 'standardwebhooks';
import { renderTemplate, TemplateFailure } from '../templates.js';
import { type ChannelAdapter, type ChannelTarget, failed, partsOfSecret, postMessage, textOf } from './adapter.js';

/**
 * Another program: the message as JSON, or whatever its template makes of it, signed as Standard Webhooks say. `webhook-id` is
 * the same for every attempt, so that the receiver can drop repetitions.
 */
export const webhookAdapter: ChannelAdapter = {
  kind: 'webhook',
  send: async (message, target, tools) => {
    const secret = partsOfSecret(target.secret);
    const url = textOf(secret['url']) ?? target.address;
    try {
      const { body, contentType } = bodyOf(message, target.settings, tools.now());
      const authorization = textOf(secret['authorization']);
      const headers = {
        'content-type': contentType,
        ...(authorization !== null && { authorization }),
        ...signatures(message.key, body, target, tools.now()),
      };
      return await postMessage(tools, url, { headers, body, mayReachPrivate: target.mayReachPrivate });
    } catch (error) {
      if (error instanceof TemplateFailure) return failed(`its template: ${error.message}`);
      throw error;
    }
  },
};

function bodyOf(message: RenderedMessage, settings: Readonly<Record<string, unknown>>, now: number) {
  const contentType = textOf(settings['contentType']) ?? 'application/json';
  const template = textOf(settings['template']);
  const { html: _html, ...data } = message;
  if (template === null) {
    const body = JSON.stringify({ type: 'notification', timestamp: new Date(now).toISOString(), data });
    return { body, contentType: 'application/json' };
  }
  return { body: renderTemplate(template, { ...data }, /json/.test(contentType) ? 'json' : 'text'), contentType };
}

/** By the secret and, while a rotation lasts, by the one before. */
function signatures(id: string, body: string, { secret, previousSecret }: ChannelTarget, now: number) {
  const keys = [secret, previousSecret].flatMap((each) => textOf(partsOfSecret(each)['signingSecret']) ?? []);
  if (keys.length === 0) return {};
  const at = new Date(now);
  const webhookId = id.replace(/[^\x21-\x7e]/g, '_');
  return {
    'webhook-id': webhookId,
    'webhook-timestamp': String(Math.floor(now / 1_000)),
    'webhook-signature': keys.map((key) => new Webhook(key).sign(webhookId, at, body)).join(' '),
  };
}
