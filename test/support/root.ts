import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** A path in the repository, wherever the tests are started from. */
export function fromRoot(...path: readonly string[]): string {
  return join(root, ...path);
}
