import { worstState } from '@tocsin/schema/domain/stakeholderUpdate';
import type { PublishedUpdate } from '@tocsin/schema/postgres/stakeholderUpdate';
import type { StatusComponent, StatusPageView } from '@tocsin/schema/postgres/statusPage';
import { publicPolicy } from '../publicStyle.js';
import { escapeHtml } from '../respond/notify/mailHtml.js';
import { groupBy } from '../work/groupBy.js';
import { markdownHtml } from '../work/markdown.js';
import { componentsHtml } from './components.js';
import { statusStyle } from './style.js';
import { dayText, headlines, progressWords, timeText } from './words.js';

export const statusPolicy = publicPolicy(statusStyle);

interface StatusPageOptions {
  readonly hasSubscriptions: boolean;
  /** Epoch milliseconds. */
  readonly now: number;
}

type History = readonly PublishedUpdate[];

/** The public page: titles of components and published updates, nothing else that we know. */
export function statusPageHtml(view: StatusPageView, { hasSubscriptions, now }: StatusPageOptions): string {
  const { page, components, updates } = view;
  // Each incident's updates, newest first; incidents in the order of their newest.
  const histories = [...groupBy(updates, ({ incidentId }) => incidentId).values()];
  const open = histories.filter(([newest]) => newest?.progress !== 'resolved');
  const past = histories.filter(([newest]) => newest?.progress === 'resolved');
  return document(
    page.title,
    `<main><header class="top"><div><h1>${escapeHtml(page.title)}</h1>${page.description === null ? '' : `<p class="muted">${escapeHtml(page.description)}</p>`}</div>${hasSubscriptions ? '<a class="button" href="#subscribe">Get updates</a>' : ''}</header>
${headline(view, open.length > 0)}
${open.map((history) => incident(history, components)).join('\n')}
${components.length === 0 ? '' : `<section aria-labelledby="components"><h2 id="components">Components</h2>${componentsHtml(view, now)}</section>`}
<section aria-labelledby="past"><h2 id="past">Past incidents</h2>${past.length === 0 ? '<p class="muted">None in the last 90 days.</p>' : pastHtml(past, components)}</section>
${hasSubscriptions ? subscribeForm : ''}<footer class="foot"><a href="/status/feed.atom">Atom feed</a></footer></main>`,
    '<link rel="alternate" type="application/atom+xml" title="Updates" href="/status/feed.atom">',
  );
}

/** A page that says one thing; `action` puts a button on it that posts to its own address. */
export function messagePage(title: string, text: string, action: string | null = null): string {
  const button =
    action === null ? '' : `<form method="post"><button type="submit">${escapeHtml(action)}</button></form>`;
  return document(
    title,
    `<main class="narrow"><div class="card"><h1>${escapeHtml(title)}</h1><p class="muted">${escapeHtml(text)}</p>${button}</div><footer><a href="/status">Go to the status page</a></footer></main>`,
  );
}

function document(title: string, body: string, head = ''): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>${escapeHtml(title)}</title>${head}<style>${statusStyle}</style></head>
<body>${body}</body></html>
`;
}

function headline({ components, states }: StatusPageView, isSomethingOpen: boolean): string {
  const worst = worstState(components.map(({ id }) => states.get(id) ?? 'operational'));
  const isVague = worst === 'operational' && isSomethingOpen;
  const sign = worst === 'operational' && !isVague ? '✓' : worst === 'maintenance' ? 'i' : '!';
  return `<p class="headline" data-state="${isVague ? 'degraded' : worst}"><span class="sign" aria-hidden="true">${sign}</span>${isVague ? 'We are looking into something' : headlines[worst]}</p>`;
}

function update({ id, progress, body, publishedAt, title }: PublishedUpdate, shownTitle: string): string {
  return `<li id="update-${id}" data-progress="${progress}"><p><strong>${progressWords[progress]}</strong>${title === shownTitle ? '' : ` · ${escapeHtml(title)}`} <time datetime="${new Date(publishedAt).toISOString()}">${timeText(publishedAt)}</time></p><div class="text">${markdownHtml(body)}</div></li>`;
}

/** One incident: while it is open all that was said, afterwards its end, and the rest on demand. */
function incident(history: History, components: readonly StatusComponent[], level: 'h2' | 'h4' = 'h2'): string {
  const [newest, ...older] = history;
  if (newest === undefined) return '';
  const isOpen = newest.progress !== 'resolved';
  const list = (updates: History) =>
    `<ol class="updates">${updates.map((each) => update(each, newest.title)).join('')}</ol>`;
  const earlier = `<details><summary>${older.length} earlier ${older.length === 1 ? 'update' : 'updates'}</summary>${list(older)}</details>`;
  const said = isOpen ? list(history) : list([newest]) + (older.length === 0 ? '' : earlier);
  return `<article class="card" data-open="${isOpen}"><${level} class="title">${escapeHtml(newest.title)}</${level}>${affected(history, components)}${said}</article>`;
}

/** The components that any update of it names, in the order of the page. */
function affected(history: History, components: readonly StatusComponent[]): string {
  const named = new Set(
    history.flatMap((each) =>
      each.components.flatMap(({ componentId, state }) => (state === 'operational' ? [] : [componentId])),
    ),
  );
  const titles = components.filter(({ id }) => named.has(id)).map(({ title }) => escapeHtml(title));
  return titles.length === 0 ? '' : `<p class="affects">${titles.join(', ')}</p>`;
}

function pastHtml(past: readonly History[], components: readonly StatusComponent[]): string {
  return [...groupBy(past, ([newest]) => dayText(newest?.publishedAt ?? 0))]
    .map(
      ([day, ofDay]) =>
        `<h3 class="day">${day}</h3>${ofDay.map((history) => incident(history, components, 'h4')).join('\n')}`,
    )
    .join('\n');
}

const subscribeForm = `<section id="subscribe" class="card" aria-labelledby="subscribe-title"><h2 id="subscribe-title">Get updates by e-mail</h2>
<form method="post" action="/status/subscribe"><label for="email">Your e-mail address</label>
<span class="row"><input id="email" name="email" type="email" required maxlength="254" autocomplete="email" placeholder="you@example.com"><button type="submit">Subscribe</button></span></form>
<p class="muted">A letter with a link comes first. Every update has a link that ends it.</p></section>`;
