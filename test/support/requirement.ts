import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Set by `.ci/run`: what would be skipped for want of a program is a failure there. */
const isEverythingRequired = process.env['TOCSIN_REQUIRE_ALL_TESTS'] === '1';

/**
 * The path of the first of these programs that is installed. Where there is none, null: the test then skips itself,
 * and says so; with TOCSIN_REQUIRE_ALL_TESTS=1 it throws instead.
 *
 * @example
 * const prometheus = requireBinary('prometheus');
 * describe.skipIf(prometheus === null)('a real Prometheus', () => …)
 */
export function requireBinary(...names: readonly string[]): string | null {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const found = names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
  return found ?? missing(`There is no ${names.join(' or ')} on the PATH`);
}

/** The same for anything else that may be absent: says what is skipped, or throws where nothing may be skipped. */
export function missing(what: string): null {
  if (isEverythingRequired) throw new Error(`${what}, and TOCSIN_REQUIRE_ALL_TESTS is set: nothing may be skipped.`);
  process.stderr.write(`\n*** SKIPPED: ${what}. The tests that need it did not run. ***\n\n`);
  return null;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
