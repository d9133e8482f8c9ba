import { readFile } from 'node:fs/promises';
import { DCLinter } from 'dclint';
import { parse } from 'yaml';
import { z } from 'zod';

const service = z.object({
  image: z.string().optional(),
  build: z.object({ context: z.string(), dockerfile: z.string() }).optional(),
  command: z.array(z.string()).default([]),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
  volumes: z.array(z.string()).default([]),
  configs: z.array(z.object({ source: z.string(), target: z.string() })).default([]),
  environment: z.record(z.string(), z.string()).default({}),
  ports: z.array(z.string()).default([]),
  healthcheck: z.object({ test: z.array(z.string()) }).optional(),
  restart: z.string(),
});

const composeFile = z.object({
  services: z.record(z.string(), service),
  volumes: z.record(z.string(), z.null()),
  configs: z.record(z.string(), z.object({ file: z.string() })),
});

export type ComposeFile = z.output<typeof composeFile>;

/** As much of a Compose file as ours uses; anything it says in another form is an error. */
export async function readCompose(path: string): Promise<ComposeFile> {
  return composeFile.parse(parse(await readFile(path, 'utf8')));
}

/** The environment with Compose's `${NAME:-default}` as it is where nothing is set. */
export function variablesOf(environment: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const resolve = (value: string): string => value.replace(/\$\{[A-Z_]+:-([^}]*)\}/g, '$1');
  return Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, resolve(value)]));
}

interface ComposeLinter {
  lintFiles: (paths: readonly string[], isRecursive: boolean) => unknown;
}
// dclint's declarations import each other in a form that this module resolution does not follow.
const Linter = DCLinter as unknown as new (config: object) => ComposeLinter;

/** What dclint says, one line a finding. */
export function lintCompose(path: string): readonly string[] {
  const results = new Linter({ rules: {}, quiet: false, debug: false, exclude: [] }).lintFiles([path], false);
  return lintResults
    .parse(results)
    .flatMap(({ messages }) => messages.map((found) => `${found.line} ${found.rule}: ${found.message}`));
}

const lintResults = z.array(
  z.object({ messages: z.array(z.object({ line: z.number(), rule: z.string(), message: z.string() })) }),
);
