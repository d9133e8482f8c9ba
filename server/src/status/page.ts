import { createHash } from 'node:crypto';
import { type ComponentState, type UpdateProgress, worstState } from '@tocsin/schema/domain/stakeholderUpdate';
import type { PublishedUpdate } from '@tocsin/schema/postgres/stakeholderUpdate';
import type { StatusComponent, StatusPageView } from '@tocsin/schema/postgres/statusPage';
import { escapeHtml } from '../respond/notify/mailHtml.js';
import { groupBy } from '../work/groupBy.js';
import { markdownHtml } from '../work/markdown.js';
import { statusStyle } from './style.js';

const stateWords: Readonly<Record<ComponentState, string>> = {
  operational: 'Operational',
  maintenance: 'Under maintenance',
  degraded: 'Degraded',
  partial_outage: 'Partial outage',
  major_outage: 'Major outage',
};
const headlines: Readonly<Record<ComponentState, string>> = {
  operational: 'All systems are operational',
  maintenance: 'Maintenance is under way',
  degraded: 'Some systems are degraded',
  partial_outage: 'There is a partial outage',
  major_outage: 'There is a major outage',
};
export const progressWords: Readonly<Record<UpdateProgress, string>> = {
  investigating: 'Investigating',
  identified: 'Identified',
  monitoring: 'Monitoring',
  resolved: 'Resolved',
};

/** No script, nothing from elsewhere; the one style by its hash. */
export const statusPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(statusStyle).digest('base64')}'`,
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

interface StatusPageOptions {
  readonly hasSubscriptions: boolean;
}

/** The public page: titles of components and published updates, nothing else that we know. */
export function statusPageHtml(view: StatusPageView, { hasSubscriptions }: StatusPageOptions): string {
  const { page, components, updates } = view;
  const histories = historiesOf(updates);
  const open = histories.filter(([newest]) => newest?.progress !== 'resolved');
  const past = histories.filter(([newest]) => newest?.progress === 'resolved');
  const worst = worstState(components.map(({ id }) => view.states.get(id) ?? 'operational'));
  const headline = worst === 'operational' && open.length > 0 ? 'We are looking into something' : headlines[worst];
  const state = worst === 'operational' && open.length > 0 ? 'degraded' : worst;
  return document(
    page.title,
    `<header><h1>${escapeHtml(page.title)}</h1>${page.description === null ? '' : `<p class="muted">${escapeHtml(page.description)}</p>`}</header>
<p class="headline" data-state="${state}"><span class="dot" aria-hidden="true"></span>${headline}</p>
${open.map((history) => incident(history)).join('\n')}
${components.length === 0 ? '' : `<section aria-labelledby="components"><h2 id="components">Components</h2>${groups(view)}</section>`}
<section aria-labelledby="past"><h2 id="past">Past incidents</h2>${past.length === 0 ? '<p class="muted">None in the last 90 days.</p>' : past.map((history) => incident(history)).join('\n')}</section>
<footer>${hasSubscriptions ? subscribeForm : ''}<p><a href="/status/feed.atom">Atom feed</a></p></footer>`,
    '<link rel="alternate" type="application/atom+xml" title="Updates" href="/status/feed.atom">',
  );
}

/** A page that says one thing; `action` puts a button on it that posts to its own address. */
export function messagePage(title: string, text: string, action: string | null = null): string {
  const button =
    action === null ? '' : `<form method="post"><button type="submit">${escapeHtml(action)}</button></form>`;
  return document(
    title,
    `<header><h1>${escapeHtml(title)}</h1></header><p>${escapeHtml(text)}</p>${button}<footer><p><a href="/status">Status page</a></p></footer>`,
  );
}

function document(title: string, body: string, head = ''): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>${escapeHtml(title)}</title>${head}<style>${statusStyle}</style></head>
<body><main>${body}</main></body></html>
`;
}

/** Each incident's updates, newest first; incidents in the order of their newest. */
function historiesOf(updates: readonly PublishedUpdate[]): readonly (readonly PublishedUpdate[])[] {
  return [...groupBy(updates, ({ incidentId }) => incidentId).values()];
}

function incident(history: readonly PublishedUpdate[]): string {
  const [newest] = history;
  if (newest === undefined) return '';
  const entries = history.map(
    ({ id, progress, body, publishedAt, title }) =>
      `<li id="update-${id}"><p><strong>${progressWords[progress]}</strong>${title === newest.title ? '' : ` · ${escapeHtml(title)}`} <time datetime="${new Date(publishedAt).toISOString()}">${timeText(publishedAt)}</time></p><div class="text">${markdownHtml(body)}</div></li>`,
  );
  return `<article data-open="${newest.progress !== 'resolved'}"><h3>${escapeHtml(newest.title)}</h3><ol>${entries.join('')}</ol></article>`;
}

function groups({ components, states }: StatusPageView): string {
  const byGroup = groupBy(components, ({ group }) => group ?? '');
  return [...byGroup]
    .map(([group, members]) => {
      const heading = group === '' ? '' : `<h3>${escapeHtml(group)}</h3>`;
      return `${heading}<ul class="components">${members.map((each) => component(each, states.get(each.id))).join('')}</ul>`;
    })
    .join('');
}

function component({ title }: StatusComponent, state: ComponentState = 'operational'): string {
  return `<li data-state="${state}"><span>${escapeHtml(title)}</span><span class="state"><span class="dot" aria-hidden="true"></span>${stateWords[state]}</span></li>`;
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function timeText(ms: number): string {
  const date = new Date(ms);
  const clock = date.toISOString().slice(11, 16);
  return `${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}, ${clock} UTC`;
}

const subscribeForm = `<form method="post" action="/status/subscribe"><label for="email">Updates by e-mail</label>
<span class="row"><input id="email" name="email" type="email" required maxlength="254" autocomplete="email"><button type="submit">Subscribe</button></span></form>`;
