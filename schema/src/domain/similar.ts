/** What two incidents have in common, each from 0 to 1. */
export interface Likeness {
  /** They were folded by the same correlation key. */
  readonly hasSameSignature: boolean;
  readonly services: readonly string[];
  readonly words: readonly string[];
}

interface Compared {
  readonly correlationKey: string | null;
  readonly services: readonly string[];
  readonly title: string;
}

const weights = { signature: 0.6, services: 0.3, words: 0.2 } as const;
/** Below it they have little more in common than that both are incidents. */
export const leastScore = 0.1;

/** Words that tell incidents apart: no articles, no numbers alone. */
export function titleWords(title: string): readonly string[] {
  const words = title.toLowerCase().match(/[\p{L}\p{N}_]{3,}/gu) ?? [];
  return [...new Set(words.filter((word) => !fillers.has(word) && !/^\p{N}+$/u.test(word)))].slice(0, 20);
}
const fillers: ReadonlySet<string> = new Set(['the', 'and', 'for', 'with', 'from', 'has', 'are', 'was', 'not', 'too']);

export function likenessOf(incident: Compared, past: Compared): Likeness {
  const words = new Set(titleWords(past.title));
  const services = new Set(past.services.map((name) => name.toLowerCase()));
  return {
    hasSameSignature: incident.correlationKey !== null && incident.correlationKey === past.correlationKey,
    services: incident.services.filter((name) => services.has(name.toLowerCase())),
    words: titleWords(incident.title).filter((word) => words.has(word)),
  };
}

/** From 0 to 1. */
export function scoreOf(likeness: Likeness, incident: Compared, past: Compared): number {
  const share = (common: number, a: number, b: number): number => (common === 0 ? 0 : common / (a + b - common));
  const score =
    (likeness.hasSameSignature ? weights.signature : 0) +
    weights.services * share(likeness.services.length, incident.services.length, past.services.length) +
    weights.words * share(likeness.words.length, titleWords(incident.title).length, titleWords(past.title).length);
  return Math.min(1, Math.round(score * 100) / 100);
}

/** Why it is shown, one short sentence each. */
export function becauseOf({ hasSameSignature, services, words }: Likeness): readonly string[] {
  return [
    ...(hasSameSignature ? ['The same signature'] : []),
    ...(services.length > 0 ? [`Both on ${services.slice(0, 3).join(', ')}`] : []),
    ...(words.length > 0 ? [`In both titles: ${words.slice(0, 5).join(', ')}`] : []),
  ];
}
