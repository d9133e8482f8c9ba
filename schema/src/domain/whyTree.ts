/** One "why?" of the five: a question, its answer, and the answer that it asks about. */
export interface Why {
  readonly id: string;
  readonly parentId: string | null;
  readonly question: string;
  readonly answer: string;
}

export interface WhyRow extends Why {
  /** 1 for a root. */
  readonly depth: number;
}

export const whyLimits = { depth: 5, nodes: 50, text: 1_000 } as const;

/** What is wrong with a tree, as a sentence; null where nothing is. */
export function whyProblem(whys: readonly Why[]): string | null {
  if (whys.length > whyLimits.nodes) return `At most ${whyLimits.nodes} whys, not ${whys.length}.`;
  const byId = new Map(whys.map((why) => [why.id, why]));
  if (byId.size < whys.length) return 'Two whys have the same id.';
  for (const why of whys) {
    if (!/^[\w-]{1,40}$/.test(why.id)) return 'The id of a why has up to 40 letters, digits, - and _.';
    if (why.question.length > whyLimits.text || why.answer.length > whyLimits.text) {
      return `A question and an answer have at most ${whyLimits.text} characters.`;
    }
    const problem = placeProblem(why, byId);
    if (problem !== null) return problem;
  }
  return null;
}

/** Going up must come to a root within the depth; a circle never does. */
function placeProblem(why: Why, byId: ReadonlyMap<string, Why>): string | null {
  let at: Why | undefined = why;
  for (let depth = 1; depth <= whyLimits.depth; depth++) {
    if (at.parentId === null) return null;
    at = byId.get(at.parentId);
    if (at === undefined) return 'A why asks about an answer that is not there.';
  }
  return `The whys go at most ${whyLimits.depth} deep, and never in a circle.`;
}

/** Each why behind the one that it asks about, in the order given. */
export function whyRows(whys: readonly Why[]): readonly WhyRow[] {
  const below = (parentId: string | null, depth: number): readonly WhyRow[] =>
    depth > whyLimits.depth
      ? []
      : whys.flatMap((why) => (why.parentId === parentId ? [{ ...why, depth }, ...below(why.id, depth + 1)] : []));
  return below(null, 1);
}
