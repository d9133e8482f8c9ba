/** What was read before the locks no longer holds under them: the transaction is taken back and begun again. */
export class StartAgain extends Error {
  override readonly name = 'StartAgain';
  /** Whose turn is needed as well. */
  readonly environments: readonly (string | null)[];

  constructor(environments: readonly (string | null)[] = []) {
    super('What was read before the locks no longer holds under them.');
    this.environments = environments;
  }
}

/** After so many attempts nobody else decides anything meanwhile, which cannot go wrong. */
const attemptsTogether = 3;

/**
 * Runs `attempt` until none of them throws {@link StartAgain}.
 * @param attempt gets the environments whose turn is needed beside those that it finds itself; with null among them it has
 *   everybody's, and need not start again
 */
export async function untilInTurn<T>(attempt: (also: readonly (string | null)[]) => Promise<T>): Promise<T> {
  let also: readonly (string | null)[] = [];
  for (let count = 1; ; count++) {
    try {
      return await attempt(also);
    } catch (error) {
      if (!(error instanceof StartAgain)) throw error;
      also = count < attemptsTogether ? [...also, ...error.environments] : [null];
    }
  }
}
