/**
 * A hue for each of the people of one schedule, as far apart as they can be: names beside it say who, colour only helps to see
 * turns. The reds and ambers are kept for what is wrong.
 */
export function tonesOf(handles: readonly string[]): ReadonlyMap<string, number> {
  const distinct = [...new Set(handles)].toSorted();
  return new Map(distinct.map((handle, index) => [handle, Math.round(95 + (index * 220) / distinct.length)]));
}
