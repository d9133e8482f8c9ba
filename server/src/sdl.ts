import { readFile, writeFile } from 'node:fs/promises';
import { parse, print, printSchema, visit } from 'graphql';
import { buildApiSchema } from './buildSchema.js';

export const sdlFile = new URL('../../schema/schema.graphql', import.meta.url);

/** The SDL of the classes, in their order: from the root types down, fields and arguments as they are declared. */
export function currentSdl(): string {
  // Decorators of parameters run from the last to the first.
  const asDeclared = visit(parse(printSchema(buildApiSchema())), {
    FieldDefinition: (node) => ({ ...node, arguments: node.arguments?.toReversed() ?? [] }),
  });
  return `${print(asDeclared)}\n`;
}

/** True where the committed file was out of date. */
export async function updateSdl(): Promise<boolean> {
  const before = await readFile(sdlFile, 'utf8').catch(() => '');
  const now = currentSdl();
  if (before !== now) await writeFile(sdlFile, now);
  return before !== now;
}
