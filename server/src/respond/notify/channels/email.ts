import { createHash } from 'node:crypto';
import type { ChannelAdapter } from './adapter.js';

export const emailAdapter: ChannelAdapter = {
  kind: 'email',
  send: async (message, { address }, { mail }) => {
    if (mail === null) {
      const error = 'no mail is set up: TOCSIN_SMTP_URL names the server';
      return { outcome: 'failed', status: null, error };
    }
    const links = [
      message.acknowledgeUrl === null ? '' : `Acknowledge: ${message.acknowledgeUrl}`,
      message.url === null ? '' : `Open: ${message.url}`,
    ].filter((line) => line !== '');
    return mail({
      to: address,
      subject: message.title,
      text: [message.text, links.join('\n')].filter((part) => part !== '').join('\n\n'),
      html: message.html,
      messageId: createHash('sha256').update(message.key).digest('hex').slice(0, 32),
      thread: message.incident === null ? null : `incident-${message.incident.id}`,
    });
  },
};
