import type { Role } from '../graphql/graphql.ts';

/** How the server is: what `GET /auth/state` answers. */
export interface AuthState {
  readonly isSignedIn: boolean;
  /** Nobody is admin yet: the link that the first start printed makes one. */
  readonly needsSetup: boolean;
  /** The identity provider by name, or null where there is none. */
  readonly oidcName: string | null;
}

export type LinkPurpose = 'setup' | 'sign_in' | 'invitation' | 'password_reset';

/** What a one-time link is for. */
export interface LinkContents {
  readonly purpose: LinkPurpose;
  readonly role: Lowercase<Role> | null;
  readonly email: string | null;
  readonly name: string | null;
}

/** A refusal in words; `field` where one field is to blame. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly field: string | null;
}

export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal };

const silence: Refusal = {
  code: 'NETWORK',
  message: 'The server did not answer. Try again in a moment.',
  field: null,
};

function textOf(value: unknown, name: string): string | null {
  if (typeof value !== 'object' || value === null) return null;
  const found: unknown = Object.entries(value).find(([key]) => key === name)?.[1];
  return typeof found === 'string' ? found : null;
}

function refusalOf(body: unknown): Refusal {
  const error: unknown = typeof body === 'object' && body !== null && 'error' in body ? body.error : null;
  return {
    code: textOf(error, 'code') ?? 'INTERNAL',
    message: textOf(error, 'message') ?? 'Something went wrong on the server. Try again in a moment.',
    field: textOf(error, 'field'),
  };
}

async function ask<T>(path: string, init: RequestInit): Promise<Answer<T>> {
  try {
    const response = await fetch(path, init);
    const body: unknown = await response.json().catch(() => null);
    if (!response.ok) return { ok: false, refusal: refusalOf(body) };
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the shapes stand in server/src/auth/routes.ts
    return { ok: true, value: body as T };
  } catch {
    return { ok: false, refusal: silence };
  }
}

function post<T>(path: string, body: object): Promise<Answer<T>> {
  return ask(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
}

interface Welcome {
  readonly returnTo: string;
}

export interface NewAccount {
  readonly token: string;
  readonly name: string;
  readonly email: string | null;
  readonly password: string;
}

export const readAuthState = (): Promise<Answer<AuthState>> => ask('/auth/state', {});

export const readLink = (token: string): Promise<Answer<LinkContents>> => post('/auth/read-link', { token });

export const signInWithPassword = (account: string, password: string, returnTo: string): Promise<Answer<Welcome>> =>
  post('/auth/sign-in', { account, password, returnTo });

export const signInByLink = (token: string, returnTo: string): Promise<Answer<Welcome>> =>
  post('/auth/link', { token, returnTo });

export const createAccount = (purpose: 'setup' | 'invitation', account: NewAccount): Promise<Answer<Welcome>> =>
  post(purpose === 'setup' ? '/auth/setup' : '/auth/accept-invitation', account);

export const resetPassword = (token: string, password: string): Promise<Answer<Welcome>> =>
  post('/auth/reset-password', { token, password });
