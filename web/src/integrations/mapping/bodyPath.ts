/** Steps from the top of a body to a value: names of members and places in lists. */
export type BodyPath = readonly (string | number)[];

/** Words that CEL keeps for itself: as a member they are written in brackets. */
const reserved: ReadonlySet<string> = new Set(
  (
    'true false null in as break const continue else for function if import let loop namespace package return ' +
    'var void while'
  ).split(' '),
);

function step(each: string | number): string {
  if (typeof each === 'number') return `[${each}]`;
  return /^[A-Za-z_]\w*$/.test(each) && !reserved.has(each) ? `.${each}` : `[${JSON.stringify(each)}]`;
}

const written = (path: BodyPath): string => path.map(step).join('');

/**
 * The CEL expression that reads the value at `path`.
 * @param list the expression that gives the list of alerts, '' where the body is one alert. Inside of that list `body` is
 * the element; what stands outside of it is reached through `body._body`.
 */
export function expressionAt(path: BodyPath, list = ''): string {
  if (list.trim() === '') return `body${written(path)}`;
  const index = path.findIndex(
    (each, at) => typeof each === 'number' && `body${written(path.slice(0, at))}` === list.trim(),
  );
  return index === -1 ? `body._body${written(path)}` : `body${written(path.slice(index + 1))}`;
}

/** The text with `added` in place of what is selected, and where the cursor stands then. */
export function inserted(text: string, added: string, start = text.length, end = start) {
  return { text: text.slice(0, start) + added + text.slice(end), cursor: start + added.length };
}
