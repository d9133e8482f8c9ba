import { readFile, writeFile } from 'node:fs/promises';
import { printSchema } from 'graphql';
import { buildApiSchema } from './buildSchema.js';

export const sdlFile = new URL('../../schema/schema.graphql', import.meta.url);

/** The SDL of the classes, in their order: from the root types down, fields as they are declared. */
export function currentSdl(): string {
  return `${printSchema(buildApiSchema())}\n`;
}

/** True where the committed file was out of date. */
export async function updateSdl(): Promise<boolean> {
  const before = await readFile(sdlFile, 'utf8').catch(() => '');
  const now = currentSdl();
  if (before !== now) await writeFile(sdlFile, now);
  return before !== now;
}
