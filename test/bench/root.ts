import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The bench runs compiled, so this file stands in `test/dist/bench`. */
const root = fileURLToPath(new URL('../../../', import.meta.url));

/** A path in the repository, wherever the bench is started from. */
export function fromRepository(...path: readonly string[]): string {
  return join(root, ...path);
}
