const loopbackNames = new Set(['localhost', '127.0.0.1', '[::1]', '::1']);

/**
 * Whether a Host header names this machine itself. Without a token anybody who reaches the port may act, and a page
 * on `evil.example` reaches it by resolving its own name to 127.0.0.1: then the Host is still `evil.example`.
 */
export function isLoopbackHost(host: string | undefined): boolean {
  const name = /^(\[[^\]]+\]|[^:]+)(:\d+)?$/.exec(host ?? '')?.[1]?.toLowerCase();
  return name !== undefined && (loopbackNames.has(name) || /^127(\.(25[0-5]|2[0-4]\d|1?\d?\d)){3}$/.test(name));
}

/** Whether a browser at this origin may call: the page we serve ourselves, or one that the configuration lists. */
export function isAllowedOrigin(
  origin: string | undefined,
  host: string | undefined,
  allowed: readonly string[],
): boolean {
  // Programs send none; browsers always do where it matters.
  if (origin === undefined) return true;
  if (allowed.includes(origin)) return true;
  return host !== undefined && URL.canParse(origin) && new URL(origin).host === host.toLowerCase();
}
