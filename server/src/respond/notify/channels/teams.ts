import { type ChannelAdapter, failed, postMessage } from './adapter.js';

const colors = { critical: 'attention', high: 'warning', medium: 'accent', low: 'default', info: 'default' } as const;

/** A workflow that posts adaptive cards; its address is its key. */
export const teamsAdapter: ChannelAdapter = {
  kind: 'teams',
  send: async (message, { secret, mayReachPrivate }, tools) => {
    if (secret === null) return failed('it has no address');
    const color = message.incident === null ? 'default' : colors[message.incident.severity];
    const content = {
      $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
      type: 'AdaptiveCard',
      version: '1.4',
      body: [
        plain(message.title, { weight: 'bolder', size: 'medium', color }),
        ...message.text.split('\n').map((line) => plain(line, {})),
      ],
      actions: message.url === null ? [] : [{ type: 'Action.OpenUrl', title: 'Open in Tocsin', url: message.url }],
    };
    const card = { contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content };
    const body = JSON.stringify({ type: 'message', attachments: [card] });
    return postMessage(tools, secret, { headers: { 'content-type': 'application/json' }, body, mayReachPrivate });
  },
};

/** A text block reads markdown, links too; a run of text is text. */
function plain(text: string, look: Readonly<Record<string, string>>): object {
  return { type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: text === '' ? ' ' : text, ...look }] };
}
