import { arrayParameter } from '@tocsin/schema/postgres/arrayParameter';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';

const piece = fc.constantFrom('"', '\\', ',', '{', '}', '\n', '\t', ' ', 'n', 'NULL', 'é', '😀', '\u2028', '');
const text = fc.array(fc.oneof(piece, fc.string()), { maxLength: 6 }).map((pieces) => pieces.join(''));
/** Postgres stores no NUL, and no adapter lets one through. */
const storable = text.map((value) => value.replaceAll('\u0000', ''));

describe('a column of a batch', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  async function readBack(type: 'text' | 'jsonb', values: readonly unknown[]): Promise<readonly unknown[]> {
    const { rows } = await database.pool.query<{ value: unknown }>(
      `select value from unnest($1::${type}[]) with ordinality as u (value, n) order by n`,
      [arrayParameter(values)],
    );
    return rows.map((row) => row.value);
  }

  it('arrives as it was sent, whatever the texts hold', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(storable, fc.constantFrom('null', null))), async (values) => {
        expect(await readBack('text', values)).toEqual(values);
      }),
      { numRuns: 300 },
    );
  });

  it('arrives as JSON, whatever the labels hold', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.dictionary(storable, storable)), async (values) => {
        expect(
          await readBack(
            'jsonb',
            values.map((value) => JSON.stringify(value)),
          ),
        ).toEqual(values.map((value) => ({ ...value })));
      }),
      { numRuns: 300 },
    );
  });

  it('leaves to the driver what JSON would write in its own way', () => {
    const values = ['two\nlines', 'half a pair \ud800'];
    for (const value of values) expect(arrayParameter([value])).toEqual([value]);
    expect(arrayParameter([Number.NaN])).toEqual([Number.NaN]);
    expect(arrayParameter(['plain', 1, true, null])).toBe('{"plain",1,true,null}');
  });
});
