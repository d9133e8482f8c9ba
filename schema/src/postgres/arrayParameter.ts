/** What JSON escapes and an array literal reads otherwise: control characters and lone surrogates. */
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const readOtherwise = /[\u0000-\u001f]|\p{Surrogate}/u;

/**
 * A column of a batch as the text of a Postgres array. JSON's quotes and backslashes mean the same there, so one native
 * call writes it; pg's own encoder replaces and appends element by element, which was 20 of the 49 kB that a new alert
 * left to the garbage collector.
 * @returns the array as it is where pg's encoder is needed
 */
export function arrayParameter(values: readonly unknown[]): string | readonly unknown[] {
  return values.every(isPlain) ? `{${JSON.stringify(values).slice(1, -1)}}` : values;
}

function isPlain(value: unknown): boolean {
  switch (typeof value) {
    case 'string':
      return !readOtherwise.test(value);
    case 'number':
      return Number.isFinite(value);
    default:
      return typeof value === 'boolean' || value === null;
  }
}
