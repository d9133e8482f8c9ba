/**
 * Where to go after signing in: a path of ours, else the start page. `//evil.example` and `/\evil.example` are other hosts
 * to a browser, and it drops tabs and line breaks before it looks.
 */
export function pathOfOurs(given: unknown): string {
  return typeof given === 'string' && given.length <= 2_000 && path.test(given) ? given : '/';
}

// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const path = /^\/(?![/\\])[^\u0000-\u0020\\\u007f]*$/;
