import { parse } from 'graphql';
import { expect, test } from 'vitest';
import { refusalOfShape, shapeErrors } from './documentShape.js';

const messageOf = (query: string) => shapeErrors(parse(query))[0]?.message ?? null;
const fields = (count: number) => Array.from({ length: count }, (_, n) => `f${n}`).join(' ');

test('a selection holds so many fields, and a name so many times', () => {
  expect(messageOf(`{ ${fields(200)} }`)).toBeNull();
  expect(messageOf(`{ ${fields(201)} }`)).toBe('A selection has more than 200 fields.');
  expect(messageOf(`{ ${'viewer { id } '.repeat(20)} }`)).toBeNull();
  expect(messageOf(`{ ${'viewer { id } '.repeat(21)} }`)).toBe('A selection has viewer more than 20 times.');
  expect(messageOf(`{ ${'x: viewer { id } '.repeat(21)} }`)).toBe('A selection has x more than 20 times.');
});

test('fragments hide nothing, and neither do fields that are answered as one', () => {
  const many = 'A selection has a more than 20 times.';
  expect(messageOf(`{ ${'... { a } '.repeat(21)} }`)).toBe(many);
  expect(messageOf(`{ ${'...F '.repeat(21)} } fragment F on Query { a }`)).toBe(many);
  expect(messageOf(`{ id } fragment F on Query { ${'a '.repeat(21)} }`)).toBe(many);
  expect(messageOf(`{ ${`viewer { ${'a '.repeat(11)} } `.repeat(2)} }`)).toBe(many);
  expect(messageOf(`{ viewer { ${'a '.repeat(11)} } other { ${'a '.repeat(11)} } }`)).toBeNull();
});

test('fragments that spread themselves come to an end', () => {
  expect(messageOf('{ ...F } fragment F on Query { ...F }')).toMatch(/more than 20000 fields/);
  expect(messageOf('{ ...F } fragment F on Query { viewer { ...F } }')).toMatch(/deeper than 50/);
  const bomb = Array.from({ length: 30 }, (_, n) => `fragment F${n} on Query { ...F${n + 1} ...F${n + 1} }`).join(' ');
  expect(messageOf(`{ ...F0 } ${bomb} fragment F30 on Query { id }`)).not.toBeNull();
});

test('what has no document that parses is refused by others', () => {
  for (const asked of [undefined, null, 'x', [], {}, { query: 1 }, { query: '{' }, { query: '{ id }' }]) {
    expect(refusalOfShape(asked)).toBeNull();
  }
  expect(refusalOfShape({ query: `{ ${fields(201)} }` })).toMatchObject({ status: 400, code: 'QUERY_TOO_COMPLEX' });
});
