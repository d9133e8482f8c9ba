import { spreadOf, type Spread } from './statistics.js';

/**
 * Repeats what a screen asks, one after the other, for `seconds` or `atMost` times; the first few warm what a running
 * product has warm. Milliseconds.
 */
export async function timed(ask: () => Promise<unknown>, seconds: number, atMost = 500): Promise<Spread> {
  for (let index = 0; index < 3; index++) await ask();
  const took: number[] = [];
  const endsAt = performance.now() + seconds * 1_000;
  while (took.length < atMost && (performance.now() < endsAt || took.length < 5)) {
    const startedAt = performance.now();
    await ask();
    took.push(performance.now() - startedAt);
  }
  return spreadOf(took);
}
