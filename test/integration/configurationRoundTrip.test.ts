import { applyConfiguration, exportConfiguration } from '@tocsin/server/configurationApply';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { anyConfiguration, people } from '../support/anyConfiguration.js';
import { createTestPerson } from '../support/people.js';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';

async function databaseWithPeople(): Promise<TestDatabase> {
  const database = await createTestDatabase();
  for (const handle of people) await createTestPerson(database.pool, { handle });
  return database;
}

function apply({ pool }: TestDatabase, text: string) {
  return applyConfiguration(pool, text, { dryRun: false, actor: { kind: 'person', name: 'ada' }, now: Date.now() });
}

describe('a configuration of any content', () => {
  it('goes over into every other, and comes out of an empty database as it went in', async () => {
    const first = await databaseWithPeople();
    try {
      await fc.assert(
        fc.asyncProperty(anyConfiguration, async (stated) => {
          await apply(first, stringify(stated));
          expect(await apply(first, stringify(stated))).toEqual({ isApplied: false, changes: [] });
          const exported = await exportConfiguration(first.pool);
          expect(await apply(first, exported)).toEqual({ isApplied: false, changes: [] });
          const empty = await databaseWithPeople();
          try {
            await apply(empty, exported);
            expect(await exportConfiguration(empty.pool)).toBe(exported);
          } finally {
            await empty.drop();
          }
        }),
        { numRuns: 6 },
      );
    } finally {
      await first.drop();
    }
  }, 240_000);
});
