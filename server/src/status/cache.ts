import { createHash } from 'node:crypto';
import type { Pool } from '@tocsin/schema/postgres/pool';
import { loadStatusPageView, statusPageTag, type StatusPageView } from '@tocsin/schema/postgres/statusPage';

export interface CachedText {
  readonly text: string;
  readonly etag: string;
}

interface StatusCache {
  /** Null: it is not public. */
  readonly page: () => Promise<CachedText | null>;
  readonly feed: () => Promise<CachedText | null>;
}

interface Rendered {
  readonly tag: string;
  readonly renderedAt: number;
  readonly page: CachedText;
  readonly feed: CachedText;
}

interface Options {
  /** @param now epoch milliseconds */
  readonly renderPage: (view: StatusPageView, now: number) => string;
  readonly renderFeed: (view: StatusPageView) => string;
  readonly now: () => number;
}

/** How long nothing is asked at all, and how long what was rendered holds although nothing was published: updates grow old. */
const askEveryMs = 5_000;
const renderEveryMs = 3_600_000;

/** The page as it was rendered last: any number of readers cost a statement every five seconds. */
export function createStatusCache(pool: Pool, { renderPage, renderFeed, now }: Options): StatusCache {
  let rendered: Rendered | null = null;
  let asked: { readonly at: number; readonly answer: Promise<Rendered | null> } | null = null;

  async function look(at: number): Promise<Rendered | null> {
    const { isPublic, tag } = await statusPageTag(pool);
    if (!isPublic) return (rendered = null);
    if (rendered?.tag === tag && at - rendered.renderedAt < renderEveryMs) return rendered;
    const view = await loadStatusPageView(pool);
    rendered = { tag, renderedAt: at, page: cached(renderPage(view, at)), feed: cached(renderFeed(view)) };
    return rendered;
  }

  function current(): Promise<Rendered | null> {
    const at = now();
    if (asked !== null && at - asked.at < askEveryMs) return asked.answer;
    const answer = look(at);
    asked = { at, answer };
    // What failed is asked again at once.
    answer.catch(() => (asked = null));
    return answer;
  }

  return {
    page: async () => (await current())?.page ?? null,
    feed: async () => (await current())?.feed ?? null,
  };
}

function cached(text: string): CachedText {
  return { text, etag: `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"` };
}
