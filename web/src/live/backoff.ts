/** Milliseconds before attempt `attempt` (0 first): doubling from 0.5 s to 15 s, half of it random so that a fleet does not return at once. */
export function backoffMs(attempt: number, random: () => number = Math.random): number {
  const ceiling = Math.min(15_000, 500 * 2 ** Math.min(attempt, 10));
  return ceiling / 2 + (ceiling / 2) * random();
}
