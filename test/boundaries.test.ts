import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { violationsOf } from './support/boundaryRules.js';
import { fromRoot } from './support/root.js';
import { factsOf, readSources } from './support/sourceFacts.js';

describe('the boundaries', () => {
  it('hold in every source file', () => {
    const sources = readSources();
    expect(sources.length).toBeGreaterThan(50);
    expect(sources.flatMap(violationsOf)).toEqual([]);
  });

  it('hold at the top level: five folders, and only the files that belong there', () => {
    const local = new Set(['node_modules', 'data', 'dist', 'coverage']);
    const entries = readdirSync(fromRoot()).filter((name) => !name.startsWith('.') && !local.has(name));
    const folders = ['ingest', 'schema', 'server', 'test', 'web'];
    const files = ['CHANGELOG.md', 'LICENSE', 'README.md', 'docker-compose.yml', 'package-lock.json', 'package.json'];
    expect(entries.toSorted()).toEqual([...files, 'tsconfig.json', 'turbo.json', ...folders].toSorted());
  });

  it.each([
    ['schema/src/domain/a.ts', `import { readFile } from 'node:fs';`, 'the domain is pure'],
    ['schema/src/domain/a.ts', `import type { Pool } from '../postgres/pool.js';`, '(domain) imports'],
    ['schema/src/postgres/a.ts', `export { b } from '../clickhouse/b.js';`, '(postgres) imports'],
    ['schema/src/graphql/a.ts', `const b = await import('../postgres/b.js');`, '(graphql) imports'],
    ['schema/src/runtime/a.ts', `import { b } from '@tocsin/ingest/b';`, '(runtime) imports'],
    ['schema/src/clickhouse/a.ts', `import { create } from 'chdb/connection';`, 'could not start'],
    ['ingest/src/a.ts', `import { b } from '@tocsin/server/b';`, '(ingest) imports'],
    ['server/src/a.ts', `import { b } from '@tocsin/ingest/b';`, '(server) imports'],
    ['server/src/live/a.ts', `import { b } from '../standalone.js';`, '(server) imports'],
    ['web/src/a.ts', `import { b } from '@tocsin/schema/postgres/b';`, '(web) imports'],
    ['ingest/src/a.ts', 'pool.query(`select ${columns} from alert`);', 'holds SQL'],
    ['server/src/a.ts', `const port = process.env['PORT'];`, 'process.env'],
    ['server/src/a.ts', `process.on('SIGTERM', stop);`, 'process.on'],
    ['web/src/a.tsx', `export default function App() {}`, 'default export'],
    ['web/src/a.ts', `const a = 1;\nexport { a as b };\nexport default a;`, 'default export'],
    ['test/a.ts', '\n'.repeat(251), '251 lines'],
  ])('are seen to be crossed by %s: %s', (path, text, violation) => {
    expect(violationsOf(factsOf(path, text)).join()).toContain(violation);
  });

  it.each([
    ['server/src/standalone.ts', `import { b } from '@tocsin/ingest/b';\nprocess.on('SIGTERM', stop);`],
    ['server/src/a.ts', `import { b } from '@tocsin/schema/postgres/b';\nimport { c } from './live/c.js';`],
    ['schema/src/clickhouse/a.ts', `const { create } = await import('chdb/connection');\nquery('select 1 from t');`],
    ['schema/src/postgres/a.ts', `import pg from 'pg';\nimport { b } from '../domain/b.js';`],
    ['web/src/a.ts', `const title = 'Select an incident from the list';`],
    ['ingest/src/a.test.ts', `pool.query('select 1 from alert');`],
    ['web/vite.config.ts', `export default {};`],
  ])('are kept by %s: %s', (path, text) => {
    expect(violationsOf(factsOf(path, text))).toEqual([]);
  });
});
