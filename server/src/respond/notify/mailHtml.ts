/** A mail's HTML part: the same words as its text, with buttons. Whatever a title says is text here. */
export function mailHtml(message: {
  readonly title: string;
  readonly text: string;
  readonly url: string | null;
  readonly acknowledgeUrl: string | null;
}): string {
  const paragraphs = message.text
    .split(/\n{2,}/)
    .map((part) => `<p style="margin:0 0 14px">${escapeHtml(part).replaceAll('\n', '<br>')}</p>`);
  const buttons = [
    message.acknowledgeUrl === null ? '' : button(message.acknowledgeUrl, 'Acknowledge', '#b42318'),
    message.url === null ? '' : button(message.url, 'Open in Tocsin', '#344054'),
  ].join('');
  return `<!doctype html><html><body style="margin:0;padding:24px;font:15px/1.5 system-ui,sans-serif;color:#1d2939">
<h1 style="font-size:19px;margin:0 0 14px">${escapeHtml(message.title)}</h1>
${paragraphs.join('\n')}
<p style="margin:20px 0 0">${buttons}</p></body></html>`;
}

function button(url: string, label: string, color: string): string {
  const style = `display:inline-block;margin:0 8px 8px 0;padding:9px 16px;border-radius:6px;background:${color};color:#fff;text-decoration:none`;
  return `<a href="${escapeHtml(url)}" style="${style}">${label}</a>`;
}

export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
