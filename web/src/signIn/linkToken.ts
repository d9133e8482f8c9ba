/**
 * The one-time token of an address like `/sign-in#setup=tkl_…`, or null. What it is for, the server knows. It stands in
 * the fragment, which reaches no server and so no access log.
 */
export function linkToken(hash: string): string | null {
  return /^#?[a-z-]+=(tkl_[\w-]{10,190})$/.exec(hash)?.[1] ?? null;
}
