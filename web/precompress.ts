import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import type { Plugin } from 'vite';

const compressible: ReadonlySet<string> = new Set(['.js', '.css', '.html', '.svg']);
/** Smaller files fit into one packet as they are. */
const worthwhileBytes = 1_024;

async function compress(path: string): Promise<void> {
  const { size } = await stat(path);
  if (size <= worthwhileBytes || !compressible.has(extname(path))) return;
  const content = await readFile(path);
  // Both take their best level when asked for nothing (brotli) or for 9: the build waits once, every visitor gains.
  await writeFile(`${path}.br`, await promisify(brotliCompress)(content));
  await writeFile(`${path}.gz`, await promisify(gzip)(content, { level: 9 }));
}

/** Writes a `.br` and a `.gz` beside each text file of the build, for a server that sends them as they are. */
export function precompress(): Plugin {
  let outDir = '';
  return {
    name: 'tocsin:precompress',
    apply: 'build',
    configResolved: (config) => {
      outDir = join(config.root, config.build.outDir);
    },
    closeBundle: async () => {
      const files = await readdir(outDir, { recursive: true, withFileTypes: true });
      await Promise.all(
        files.filter((file) => file.isFile()).map(({ parentPath, name }) => compress(join(parentPath, name))),
      );
    },
  };
}
