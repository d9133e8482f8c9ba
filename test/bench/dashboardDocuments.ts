import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fromRepository } from './root.js';

const documentText = /`\s*((?:query|subscription|fragment)\s+(\w+)[^`]*)`/g;

/**
 * The GraphQL operations that the dashboard sends, read from its source by their names, with the fragments they use:
 * what is measured is what a user waits for, also after somebody has changed a screen.
 */
export async function dashboardDocuments(): Promise<(operation: string) => string> {
  const folder = fromRepository('web', 'src');
  const files = (await readdir(folder, { recursive: true })).filter((file) => /(?<!\.test)\.tsx?$/.test(file));
  const texts = new Map<string, string>();
  for (const file of files) {
    const source = await readFile(join(folder, file), 'utf8');
    for (const [, text = '', name = ''] of source.matchAll(documentText)) texts.set(name, text);
  }
  return (operation) => {
    const wanted = new Set([operation]);
    // A set that grows is iterated to its end: fragments may use fragments.
    for (const name of wanted) {
      const text = texts.get(name);
      if (text === undefined) throw new Error(`The dashboard has no operation or fragment "${name}" any more.`);
      for (const [, fragment = ''] of text.matchAll(/\.\.\.\s*(\w+)/g)) wanted.add(fragment);
    }
    return [...wanted].map((name) => texts.get(name)).join('\n');
  };
}
