#!/usr/bin/env node
// Leaves the secrets of a composed Tocsin in a folder that its services share: what the environment gives, else what
// an earlier start left there, else fresh ones. So `docker compose up` needs nothing by hand, and nothing is guessable.
//
//   node server/bin/make-secrets.js <folder>
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.argv[2];
if (!folder) {
  console.error('Usage: make-secrets.js <folder>');
  process.exit(2);
}
mkdirSync(folder, { recursive: true });

const bootstrapSecret = secret('bootstrap-secret', process.env.TOCSIN_BOOTSTRAP_SECRET);
// The server seals what ingest has to open.
const secretKey = secret('secret-key', process.env.TOCSIN_SECRET_KEY);
write('server.env', `TOCSIN_SECRET_KEY=${secretKey}\n`);
write('ingest.env', `TOCSIN_BOOTSTRAP_SECRET=${bootstrapSecret}\nTOCSIN_SECRET_KEY=${secretKey}\n`);

function secret(name, given) {
  const value = given || left(name) || randomBytes(24).toString('hex');
  write(name, value);
  return value;
}

function left(name) {
  try {
    return readFileSync(join(folder, name), 'utf8').trim();
  } catch {
    return '';
  }
}

/** Readable by all: each service runs as a user of its own, and only those that mount the folder see it. */
function write(name, content) {
  writeFileSync(join(folder, name), content, { mode: 0o644 });
}
