#!/usr/bin/env node
// `npm start`: builds what has changed, then runs everything in this process. It runs before anything is built, so it
// is plain JavaScript on Node's own modules.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const turbo = join(root, 'node_modules', 'turbo', 'bin', 'turbo');
const program = join(root, 'server', 'dist', 'standalone.js');

const obstacle = whatIsInTheWay();
if (obstacle) fail(obstacle);
await build();
loadEnvironmentFile();
process.setSourceMapsEnabled(true);
// In this process, not in a child: a signal has one receiver, and the exit code is the program's own.
await import(pathToFileURL(program).href);

function whatIsInTheWay() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    return `Tocsin needs Node.js 20.19 or newer, and this is ${process.versions.node}.`;
  }
  if (!existsSync(turbo)) return 'The packages are not installed yet: run `npm ci` first.';
  return null;
}

async function build() {
  const startedAt = Date.now();
  const log = [];
  const flags = [
    'run',
    'build',
    '--filter=@tocsin/server...',
    '--filter=@tocsin/web',
    '--output-logs=new-only',
    '--log-order=stream',
  ];
  const child = spawn(process.execPath, [turbo, ...flags, '--ui=stream'], {
    cwd: root,
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1', TURBO_NO_UPDATE_NOTIFIER: '1', FORCE_COLOR: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const passOver = () => undefined;
  // The terminal sends Ctrl-C to the builder as well; we leave when it has left.
  process.on('SIGINT', passOver);
  const terminate = () => child.kill('SIGTERM');
  process.on('SIGTERM', terminate);
  for (const stream of [child.stdout, child.stderr]) forEachLine(stream, (line) => showProgress(line, log));
  const { code, signal } = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (closeCode, closeSignal) => resolve({ code: closeCode, signal: closeSignal }));
  });
  process.off('SIGINT', passOver);
  process.off('SIGTERM', terminate);
  if (signal || code === 130 || code === 143) process.exit(130);
  if (code !== 0 || !existsSync(program)) fail(`${log.join('\n')}\n\nThe build failed; its log stands above.`);
  console.log(`  ready to start after ${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
}

/** turbo names each package once, when its turn has come: `@tocsin/schema:build: cache miss, executing 0f3a…`. */
function showProgress(line, log) {
  log.push(line);
  const [, name, found] = /^@tocsin\/(\w+):build: cache (hit|miss|bypass)/.exec(line) ?? [];
  if (name) console.log(found === 'hit' ? `  ${name} is up to date` : `  building ${name} …`);
}

function forEachLine(stream, use) {
  let rest = '';
  stream.setEncoding('utf8').on('data', (chunk) => {
    const lines = (rest + chunk).split(/\r?\n/);
    rest = lines.pop() ?? '';
    lines.forEach(use);
  });
  stream.on('end', () => rest && use(rest));
}

/** What is set already wins over `.env`. */
function loadEnvironmentFile() {
  const file = join(root, '.env');
  if (existsSync(file)) process.loadEnvFile(file);
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
