import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cut, httpUrl, storableJson, storableLabels, storableText, textOrNull } from './text.js';

describe('storableText', () => {
  test('replaces NUL and lone surrogates, and nothing else', () => {
    expect(storableText('a\0b\ud800c\udc00d😀é')).toBe('a\ufffdb\ufffdc\ufffdd😀é');
  });

  test('gives well-formed text for any text', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(0xffff)), (units) => {
        const text = storableText(String.fromCharCode(...units));
        expect(text).not.toContain('\0');
        expect(Buffer.from(text).toString()).toBe(text);
      }),
    );
  });
});

test('cut marks what it cut and never halves a character', () => {
  expect(cut('abcdef', 6)).toBe('abcdef');
  expect(cut('abcdefg', 6)).toBe('abcde…');
  expect(cut('abcd😀gh', 6)).toBe('abcd…');
});

test('blank text is no text', () => {
  expect(textOrNull(' \n', 10)).toBeNull();
  expect(textOrNull(undefined, 10)).toBeNull();
  expect(textOrNull(' x ', 10)).toBe('x');
});

test('a label named __proto__ survives as a label', () => {
  const labels: unknown = JSON.parse('{"__proto__":"p","empty":""}');
  const stored = storableLabels(labels as Record<string, string>, 100);
  expect(JSON.stringify(stored)).toBe('{"__proto__":"p"}');
  expect(Object.getPrototypeOf(stored)).toBe(Object.prototype);
});

test.each([
  ['https://grafana.example/d/1', true],
  ['HTTP://grafana.example', true],
  ['javascript:alert(1)', false],
  ['/graph?g0.expr=up', false],
  ['https://', false],
  ['https://a b', false],
  [`https://example.org/${'x'.repeat(9_000)}`, false],
  ['', false],
])('httpUrl(%j) is a link: %s', (text, isLink) => {
  expect(httpUrl(text)).toBe(isLink ? text : null);
});

test('JSON of any depth becomes JSON that can be stored', () => {
  const deep: unknown = JSON.parse('['.repeat(100_000) + ']'.repeat(100_000));
  expect(JSON.stringify(storableJson({ deep, text: 'a\0' }))).toContain('"text":"a\ufffd"');
});
