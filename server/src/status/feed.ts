import type { StatusPageView } from '@tocsin/schema/postgres/statusPage';
import { escapeHtml } from '../respond/notify/mailHtml.js';
import { markdownHtml } from '../work/markdown.js';
import { progressWords } from './words.js';

// XML 1.0 has no way to write these.
// oxlint-disable-next-line no-control-regex -- control characters are what it takes away
const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu;

function xml(text: string): string {
  return escapeHtml(text.replace(unwritable, ''));
}

/** What was published, as Atom (RFC 4287). @param url of the page, without a slash at the end */
export function statusFeed({ page, updates }: StatusPageView, url: string): string {
  const newest = new Date(updates[0]?.publishedAt ?? 0).toISOString();
  const entries = updates.map(({ id, title, body, progress, publishedAt }) => {
    const at = new Date(publishedAt).toISOString();
    return `<entry><id>${xml(url)}#update-${id}</id><title>${xml(`${title} (${progressWords[progress]})`)}</title><updated>${at}</updated><published>${at}</published><link href="${xml(url)}#update-${id}"/><content type="html">${xml(markdownHtml(body))}</content></entry>`;
  });
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><id>${xml(url)}</id><title>${xml(page.title)}</title><updated>${newest}</updated><link href="${xml(url)}"/><link rel="self" href="${xml(url)}/feed.atom"/><author><name>${xml(page.title)}</name></author>${entries.join('')}</feed>
`;
}
