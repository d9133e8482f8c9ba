import { describe, expect, it } from 'vitest';
import { safePath } from './session.ts';

describe('the path to go on to after signing in', () => {
  it.each(['/', '/incidents/12', '/incidents?severity=CRITICAL&show=all', '/alerts#x', '/settings/people'])(
    'is kept where it is ours: %s',
    (path) => expect(safePath(path)).toBe(path),
  );

  it.each([
    '//evil.example',
    '/\\evil.example',
    '/a\\b',
    'https://evil.example',
    'javascript:alert(1)',
    '',
    ' /x',
    '/\t/evil',
  ])('is the overview for %j', (path) => expect(safePath(path)).toBe('/'));

  it.each(['/sign-in', '/sign-in?returnTo=/x', '/auth/oidc/start'])('never leads back to the sign-in: %s', (path) =>
    expect(safePath(path)).toBe('/'),
  );

  it('is the overview for what is no text', () => expect(safePath(12)).toBe('/'));
});
