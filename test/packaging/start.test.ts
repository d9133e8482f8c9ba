import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fromRoot } from '../support/root.js';

/** `npm start` on a tree whose builder and program are stand-ins, so that only the script itself is tried. */
describe('npm start', () => {
  let tree: string;
  beforeEach(async () => {
    tree = await mkdtemp(join(tmpdir(), 'tocsin-start-'));
    await mkdir(join(tree, 'server/bin'), { recursive: true });
    await cp(fromRoot('server/bin/start.js'), join(tree, 'server/bin/start.js'));
    await write('package.json', '{"type":"module"}');
  });
  afterEach(() => rm(tree, { recursive: true, force: true }));

  const builds = `console.log('@tocsin/schema:build: cache hit, suppressing logs 1a2b');
    console.log('@tocsin/web:build: cache miss, executing 3c4d');
    console.log('a long story');`;

  it('tells one line per package, then runs the program in the same process with its flags and variables', async () => {
    await write('node_modules/turbo/bin/turbo', builds);
    await write('.env', 'TOCSIN_PORT=1111\nTOCSIN_LOG_LEVEL=debug\n');
    await write(
      'server/dist/standalone.js',
      `console.log(JSON.stringify([process.argv.slice(2), process.env.TOCSIN_PORT, process.env.TOCSIN_LOG_LEVEL])); process.exitCode = 7;`,
    );
    const run = await start(['--demo'], { TOCSIN_PORT: '2222' });
    expect(run.output).toMatch(/^ {2}schema is up to date\n {2}building web …\n {2}ready to start after [\d.]+ s\n/);
    expect(run.output).not.toContain('a long story');
    expect(run.output).toContain('[["--demo"],"2222","debug"]');
    expect(run.code).toBe(7);
  });

  it('shows the whole log when the build fails, and starts nothing', async () => {
    await write('node_modules/turbo/bin/turbo', `${builds} console.error('TS2322: wrong'); process.exitCode = 2;`);
    await write('server/dist/standalone.js', `console.log('started');`);
    const run = await start([]);
    expect(run.code).toBe(1);
    expect(run.output).toContain('a long story');
    expect(run.output).toContain('TS2322: wrong');
    expect(run.output).not.toContain('started');
  });

  it('says in one sentence that the packages are missing', async () => {
    const run = await start([]);
    expect(run.output).toBe('The packages are not installed yet: run `npm ci` first.\n');
    expect(run.code).toBe(1);
  });

  it('leaves a signal to the program, which receives it once', async () => {
    await write('node_modules/turbo/bin/turbo', builds);
    await write(
      'server/dist/standalone.js',
      `let count = 0;
       process.on('SIGTERM', () => { count++; setTimeout(() => { console.log('signals: ' + count); process.exit(0); }, 200); });
       setInterval(() => undefined, 1000);
       console.log('listening');`,
    );
    const run = await start([], {}, 'listening');
    expect(run.output).toContain('signals: 1');
    expect(run.code).toBe(0);
  });

  async function write(path: string, content: string): Promise<void> {
    await mkdir(dirname(join(tree, path)), { recursive: true });
    await writeFile(join(tree, path), content);
  }

  async function start(flags: readonly string[], env: Record<string, string> = {}, terminateAfter?: string) {
    const path = process.env['PATH'] ?? '';
    const child = spawn(process.execPath, ['server/bin/start.js', ...flags], {
      cwd: tree,
      env: { PATH: path, ...env },
    });
    let output = '';
    let isTerminated = false;
    const take = (chunk: Buffer): void => {
      output += chunk.toString();
      if (terminateAfter === undefined || isTerminated || !output.includes(terminateAfter)) return;
      isTerminated = true;
      child.kill('SIGTERM');
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
    return { output, code };
  }
});
