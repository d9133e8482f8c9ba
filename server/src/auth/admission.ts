import type { ErrorCode } from '@tocsin/schema/graphql/enums';
import { isAllowedOrigin, isLoopbackHost } from './origin.js';
import { bearerToken, tokenMatches } from './token.js';

export interface AdmissionRules {
  /** Null: nobody signs in, and only this machine may call. */
  readonly adminToken: string | null;
  readonly allowedOrigins: readonly string[];
}

export interface Refusal {
  readonly status: 401 | 403;
  readonly code: ErrorCode;
  readonly message: string;
}

interface RequestHeaders {
  readonly host?: string | undefined;
  readonly origin?: string | undefined;
  readonly authorization?: string | undefined;
}

/** Why a request may not pass, or null. A WebSocket brings its token later, in its first message. */
export function refusalOfRequest(rules: AdmissionRules, headers: RequestHeaders, isWebSocket = false): Refusal | null {
  const { adminToken, allowedOrigins } = rules;
  if (adminToken === null && !isLoopbackHost(headers.host)) {
    return forbidden('Without an admin token only this machine may call: use localhost, or set TOCSIN_ADMIN_TOKEN.');
  }
  const mustCheckOrigin = isWebSocket || adminToken === null;
  if (mustCheckOrigin && !isAllowedOrigin(headers.origin, headers.host, allowedOrigins)) {
    return forbidden('Pages of this origin may not call: add it to TOCSIN_ALLOWED_ORIGINS.');
  }
  if (adminToken === null || isWebSocket) return null;
  return tokenMatches(bearerToken(headers.authorization), adminToken) ? null : unauthenticated;
}

/** Whether the first message of a WebSocket carries the token that is asked for. */
export function tokenIsGood({ adminToken }: AdmissionRules, token: unknown): boolean {
  return adminToken === null || tokenMatches(typeof token === 'string' ? token : null, adminToken);
}

const unauthenticated: Refusal = {
  status: 401,
  code: 'UNAUTHENTICATED',
  message: 'Send the admin token as `Authorization: Bearer <token>`.',
};

function forbidden(message: string): Refusal {
  return { status: 403, code: 'FORBIDDEN', message };
}
