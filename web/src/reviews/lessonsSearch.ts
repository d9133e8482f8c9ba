export const reviewLists = ['published', 'underWay', 'overdue'] as const;
export type ReviewList = (typeof reviewLists)[number];
export const itemLists = ['open', 'overdue', 'ended'] as const;
export type ItemList = (typeof itemLists)[number];

/** What the address of the reviews says; absent: those that are published. */
export interface ReviewsSearch {
  readonly show?: ReviewList;
  readonly text?: string;
}

/** What the address of the action items says; absent: everybody's that are open. */
export interface ItemsSearch {
  readonly show?: ItemList;
  readonly mine?: true;
}

/** Reads the address; what is not understood is left out rather than refused. */
export function parseReviewsSearch({ show, text }: Record<string, unknown>): ReviewsSearch {
  const list = reviewLists.find((each) => each === show && each !== 'published');
  // The router reads `text=500` as a number.
  const words = typeof text === 'string' || typeof text === 'number' ? String(text).slice(0, 200) : '';
  return { ...(list !== undefined && { show: list }), ...(words !== '' && { text: words }) };
}

export function parseItemsSearch({ show, mine }: Record<string, unknown>): ItemsSearch {
  const list = itemLists.find((each) => each === show && each !== 'open');
  return { ...(list !== undefined && { show: list }), ...(mine === true && { mine }) };
}
