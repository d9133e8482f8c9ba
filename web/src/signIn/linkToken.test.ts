import { describe, expect, it } from 'vitest';
import { linkToken } from './linkToken.ts';

describe('the token of a one-time link', () => {
  const token = 'tkl_AbC-123_xyzAbC';

  it.each(['#setup=', 'setup=', '#link=', '#invitation=', '#reset='])('is found behind %s', (before) =>
    expect(linkToken(before + token)).toBe(token),
  );

  it.each(['', '#', '#setup=', '#setup=tkp_AbC-123_xyzAbC', '#setup=tkl_short', `#setup=${token}&x=1`, `#${token}`])(
    'is not found in %j',
    (hash) => expect(linkToken(hash)).toBe(null),
  );
});
