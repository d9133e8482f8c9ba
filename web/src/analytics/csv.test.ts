import { describe, expect, it } from 'vitest';
import { csvText } from './csv.ts';

describe('CSV', () => {
  it('keeps a name from becoming a formula', () => {
    expect(csvText([['=HYPERLINK("x")'], ['+1'], ['-1'], ['@a']])).toBe(
      '"\'=HYPERLINK(""x"")"\r\n\'+1\r\n\'-1\r\n\'@a\r\n',
    );
  });

  it('leaves numbers alone, negative ones too', () => expect(csvText([[-4, 1.5, null]])).toBe('-4,1.5,\r\n'));

  it('quotes what would break a row', () => {
    expect(csvText([['a,b', 'say "hi"', 'two\nlines']])).toBe('"a,b","say ""hi""","two\nlines"\r\n');
  });
});
