import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Table } from './report.js';
import { fromRepository } from './root.js';

/** What the first screen asks for beside what `index.html` names. */
const firstScreen = /import\([`'"]\.\/(OverviewScreen-[^`'"]+\.js)[`'"]\)\s*,\s*__vite__mapDeps\(\[([\d,]*)\]\)/;

/** How much the dashboard's first load is: what `index.html` names, and the chunks of the overview. */
export async function measureWeb(): Promise<readonly Table[]> {
  const dist = fromRepository('web', 'dist');
  const html = await readFile(join(dist, 'index.html'), 'utf8');
  const named = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.(?:js|css))"/g)].map(([, path = '']) => path);
  const wanted = new Set([...named, ...(await overviewChunks(dist, named))]);
  const size = { js: { raw: 0, gzip: 0 }, css: { raw: 0, gzip: 0 } };
  for (const path of wanted) {
    const bytes = await readFile(join(dist, path));
    const kind = path.endsWith('.css') ? size.css : size.js;
    kind.raw += bytes.length;
    kind.gzip += gzipSync(bytes, { level: 9 }).length;
  }
  const kilobytes = (bytes: number): string => (bytes / 1_000).toFixed(1);
  return [
    {
      title: 'Dashboard: first load',
      columns: ['', 'gzip kB', 'kB'],
      rows: [
        ['JavaScript', kilobytes(size.js.gzip), kilobytes(size.js.raw)],
        ['CSS', kilobytes(size.css.gzip), kilobytes(size.css.raw)],
        ['together', kilobytes(size.js.gzip + size.css.gzip), kilobytes(size.js.raw + size.css.raw)],
      ],
      notes: [
        `${wanted.size} files: what index.html names and the chunks of the overview. No web fonts. Goal: 230 kB of JavaScript.`,
      ],
    },
  ];
}

async function overviewChunks(dist: string, named: readonly string[]): Promise<readonly string[]> {
  for (const path of named.filter((name) => name.endsWith('.js'))) {
    const text = await readFile(join(dist, path), 'utf8');
    const [, chunk, indexes = ''] = firstScreen.exec(text) ?? [];
    if (chunk === undefined) continue;
    const list = /__vite__mapDeps=[^[]*?\[((?:"[^"]*",?)*)\]/.exec(text)?.[1] ?? '';
    const files = [...list.matchAll(/"([^"]*)"/g)].map(([, file = '']) => file);
    return [`assets/${chunk}`, ...indexes.split(',').flatMap((index) => files[Number(index)] ?? [])];
  }
  throw new Error('The chunk of the overview is not where it was: look at how the build names it.');
}
