import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser } from 'playwright-core';
import { missing } from './requirement.js';

/** Beside the packages, so that it goes when they go and nobody else's `/tmp` is touched. */
const cache = fileURLToPath(new URL('../../node_modules/.cache/tocsin-chromium-147', import.meta.url));

/**
 * A headless Chromium: on Linux x64 the one from npm, which brings its libraries and a font; elsewhere the installed
 * Chrome. Null where there is neither, said loudly (see {@link missing}).
 */
export async function launchBrowser(): Promise<Browser | null> {
  if (process.platform === 'linux' && process.arch === 'x64') return launchPackaged();
  return chromium.launch({ channel: 'chrome' }).catch(() => missing('There is no Chrome on this machine'));
}

async function launchPackaged(): Promise<Browser> {
  if (!existsSync(cache)) await unpack();
  const launch = (): Promise<Browser> =>
    chromium.launch({
      executablePath: join(cache, 'chromium'),
      // Root is who runs in many containers, and Chromium has no sandbox for it.
      chromiumSandbox: false,
      args: ['--font-render-hinting=none', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
      env: {
        HOME: cache,
        PATH: process.env['PATH'] ?? '',
        LD_LIBRARY_PATH: join(cache, 'al2023', 'lib'),
        FONTCONFIG_FILE: join(cache, 'fonts.conf'),
      },
    });
  // On a busy machine it dies now and then while it starts; it does not twice.
  return launch().catch(launch);
}

/** Unpacks beside the final place and moves it there whole: one killed half-way leaves nothing that looks finished. */
async function unpack(): Promise<void> {
  await mkdir(dirname(cache), { recursive: true });
  const folder = await mkdtemp(`${cache}-`);
  // The package unpacks into the temporary folder, and its shared libraries only where it sees a cloud function.
  const restore = withEnvironment({ TMPDIR: folder, AWS_LAMBDA_JS_RUNTIME: 'nodejs24.x' });
  try {
    const { default: packaged } = await import('@sparticuz/chromium');
    await packaged.executablePath();
  } finally {
    restore();
  }
  await writeFile(join(folder, 'fonts.conf'), fontConfiguration);
  await rename(folder, cache).catch(async (error: unknown) => {
    await rm(folder, { recursive: true, force: true });
    // Somebody else has just put the same there.
    if (!existsSync(cache)) throw error;
  });
}

const fontConfiguration = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>${join(cache, 'fonts')}</dir>
</fontconfig>
`;

function withEnvironment(values: Readonly<Record<string, string>>): () => void {
  const before = Object.keys(values).map((name) => [name, process.env[name]] as const);
  // Importing the package prepends its own folder to this one.
  const libraries = process.env['LD_LIBRARY_PATH'];
  Object.assign(process.env, values);
  return () => {
    for (const [name, value] of [...before, ['LD_LIBRARY_PATH', libraries] as const]) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
  };
}
