/** What one evaluation may cost, in units of about a character looked at or an element visited. A hundredth of a second or so. */
const evaluationBudget = 1_000_000;
/** Elements that one `all`, `exists`, `map` or `filter` visits. */
const longestLoop = 1_000;

let left = evaluationBudget;
let unitsPerElement = 1;

/**
 * Evaluation is synchronous, so one counter serves all. It counts work, not time: the same expression on the same input
 * fails or succeeds alike, live and replayed.
 * @param inputSize characters of what is looked at: an element of a loop may search all of it
 */
export function startBudget(inputSize: number): void {
  left = evaluationBudget;
  unitsPerElement = 1 + Math.floor(inputSize / 1_000);
}

/** @throws Error when the evaluation has used up what it may */
export function charge(units: number): void {
  left -= units;
  if (left < 0) throw new Error('The expression looks at too much: it was stopped.');
}

/** @throws Error when a loop would be longer than it may */
export function chargeLoop(elements: number): void {
  if (elements > longestLoop)
    throw new Error(`A list of ${elements} elements is too long; the limit is ${longestLoop}.`);
  charge(elements * unitsPerElement);
}
