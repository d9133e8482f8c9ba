/** `__Host-` makes browsers refuse the cookie from anybody but this very host; they demand https for it. */
function nameFor(isSecure: boolean, name: string): string {
  return isSecure ? `__Host-${name}` : name;
}

export interface Cookies {
  /** The secret of the session, or null. */
  readonly session: (header: string | undefined) => string | null;
  /** `Set-Cookie` of a new session. */
  readonly begin: (secret: string, maxAgeSeconds: number) => string;
  /** `Set-Cookie` that takes it away. */
  readonly end: () => string;
  /** What binds a sign-in at an identity provider to the browser that began it. */
  readonly browser: (header: string | undefined) => string | null;
  readonly beginBrowser: (secret: string) => string;
}

/** @param isSecure whether the dashboard is reached by https; asked each time, because the address may be known late */
export function createCookies(isSecure: () => boolean): Cookies {
  const read = (header: string | undefined, name: string): string | null => {
    const wanted = nameFor(isSecure(), name);
    for (const part of (header ?? '').split(';')) {
      const [key, value = ''] = part.trim().split('=', 2);
      if (key === wanted && /^[\w-]{20,100}$/.test(value)) return value;
    }
    return null;
  };
  // Names and values are made of letters, digits, `-` and `_`: there is nothing to encode.
  const write = (name: string, value: string, maxAge: number): string =>
    [
      `${nameFor(isSecure(), name)}=${value}; Max-Age=${maxAge}; Path=/; HttpOnly`,
      ...(isSecure() ? ['Secure'] : []),
      'SameSite=Lax',
    ].join('; ');
  return {
    session: (header) => read(header, 'tocsin'),
    begin: (secret, maxAgeSeconds) => write('tocsin', secret, maxAgeSeconds),
    end: () => write('tocsin', '', 0),
    browser: (header) => read(header, 'tocsin-oidc'),
    beginBrowser: (secret) => write('tocsin-oidc', secret, 600),
  };
}
