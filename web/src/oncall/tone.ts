/** A hue for a person, the same everywhere: names beside it say who, colour only helps to see turns. */
export function toneOf(handle: string): number {
  let sum = 7;
  for (const letter of handle) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 3_600;
  // The reds and ambers are kept for what is wrong.
  return 90 + (sum % 230);
}
