/** Something is not as it was believed. What was written so far is rolled back, and the batch starts again. */
export class StartAgain extends Error {
  override readonly name = 'StartAgain';
  /** Whose turn must be held too. */
  readonly environments: readonly (string | null)[];

  constructor(environments: readonly (string | null)[] = []) {
    super();
    this.environments = environments;
  }
}
