import type { Why } from '../../reviews/reviewQueries.ts';

export const whyLimits = { depth: 5, nodes: 50 } as const;

export interface WhyNode extends Why {
  /** 1 for a root. */
  readonly depth: number;
  readonly children: readonly WhyNode[];
}

/** The whys as they hang together; one whose parent is missing is left out, and so is what is too deep. */
export function whyNodes(whys: readonly Why[], parentId: string | null = null, depth = 1): readonly WhyNode[] {
  if (depth > whyLimits.depth) return [];
  return whys
    .filter((why) => why.parentId === parentId)
    .map((why) => ({ ...why, depth, children: whyNodes(whys, why.id, depth + 1) }));
}

/** Without one and all that asks about it. */
export function withoutWhy(whys: readonly Why[], id: string): readonly Why[] {
  const gone = new Set([id]);
  for (let size = 0; size < gone.size;) {
    size = gone.size;
    for (const why of whys) if (why.parentId !== null && gone.has(why.parentId)) gone.add(why.id);
  }
  return whys.filter((why) => !gone.has(why.id));
}

export function withAnotherWhy(whys: readonly Why[], parentId: string | null, id: string): readonly Why[] {
  return [...whys, { id, parentId, question: '', answer: '' }];
}
