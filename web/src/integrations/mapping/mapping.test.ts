import { describe, expect, it } from 'vitest';
import { expressionAt, inserted } from './bodyPath.ts';
import { caretAt, mappingOf } from './mappedFields.ts';

describe('a click on a value of a body', () => {
  it('writes the way to it', () => {
    expect(expressionAt(['alert', 'tags', 0])).toBe('body.alert.tags[0]');
    expect(expressionAt([])).toBe('body');
  });

  it('quotes what is no plain name, and what CEL keeps for itself', () => {
    expect(expressionAt(['x-id', 'a"b', 'namespace'])).toBe(String.raw`body["x-id"]["a\"b"]["namespace"]`);
  });

  it('starts at the element where the body holds a list of alerts', () => {
    expect(expressionAt(['data', 'alerts', 2, 'name'], 'body.data.alerts')).toBe('body.name');
    expect(expressionAt(['data', 'region'], 'body.data.alerts')).toBe('body._body.data.region');
  });

  it('goes where the cursor is', () => {
    expect(inserted('lower()', 'body.a', 6)).toEqual({ text: 'lower(body.a)', cursor: 12 });
    expect(inserted('old', 'body.a', 0, 3).text).toBe('body.a');
  });
});

describe('a mapping', () => {
  it('leaves out what has no expression', () => {
    expect(mappingOf({ TITLE: ' body.name ', STATUS: '  ' })).toEqual([{ field: 'TITLE', expression: 'body.name' }]);
  });

  it('shows the line of an error and where in it', () => {
    expect(caretAt('a +\nb ++ c', { line: 2, column: 4 })).toEqual({ line: 'b ++ c', before: 'b +' });
    expect(caretAt('a', { line: null, column: null })).toBeNull();
  });
});
