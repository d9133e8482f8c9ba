import type { ErrorCode } from '@tocsin/schema/graphql/enums';
import { isAllowedOrigin } from './origin.js';

export interface AdmissionRules {
  /** Origins of pages, besides our own, that may call. */
  readonly allowedOrigins: readonly string[];
}

export interface Refusal {
  readonly status: 400 | 401 | 403;
  readonly code: ErrorCode;
  readonly message: string;
}

interface RequestHeaders {
  readonly host?: string | undefined;
  readonly origin?: string | undefined;
}

/**
 * Why a page may not call, or null. Asked of every request that may change something and of every WebSocket: a browser
 * sends our cookie along with what a page of somebody else's asks, and says whose page it is.
 */
export function refusalOfOrigin({ allowedOrigins }: AdmissionRules, { host, origin }: RequestHeaders): Refusal | null {
  return isAllowedOrigin(origin, host, allowedOrigins)
    ? null
    : {
        status: 403,
        code: 'FORBIDDEN',
        message: 'Pages of this origin may not call: add it to TOCSIN_ALLOWED_ORIGINS.',
      };
}

export const unauthenticated: Refusal = {
  status: 401,
  code: 'UNAUTHENTICATED',
  message: 'Sign in, or send an API token as `Authorization: Bearer tkp_…`.',
};
