import type { RenderedMessage } from '@tocsin/schema/domain/notification';

/** What Slack shows; with `isInteractive` its buttons come back to us, else they are links. */
export function slackMessage(message: RenderedMessage, isInteractive: boolean): Readonly<Record<string, unknown>> {
  const { incident, url } = message;
  const open = url === null ? [] : [{ ...button('Open'), url, action_id: 'open' }];
  const acknowledge =
    isInteractive && incident !== null && message.more === 0
      ? [{ ...button('Acknowledge'), style: 'primary', action_id: 'acknowledge', value: String(incident.id) }]
      : [];
  const elements = [...acknowledge, ...open];
  return {
    // Shown where blocks are not: in notifications.
    text: escapeSlack(message.title),
    blocks: [
      section(`*${escapeSlack(message.title).slice(0, 2_900)}*`),
      ...(message.text === '' ? [] : [section(escapeSlack(message.text).slice(0, 2_900))]),
      ...(elements.length === 0 ? [] : [{ type: 'actions', elements }]),
    ],
    unfurl_links: false,
    unfurl_media: false,
  };
}

function section(text: string): object {
  return { type: 'section', text: { type: 'mrkdwn', text, verbatim: true } };
}

function button(text: string): object {
  return { type: 'button', text: { type: 'plain_text', text } };
}

/** Slack reads `<!channel>` and links only between angle brackets. */
export function escapeSlack(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
