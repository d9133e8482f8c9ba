import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's folder, wherever the tests are started from. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

export function fromRoot(...path: readonly string[]): string {
  return join(root, ...path);
}
