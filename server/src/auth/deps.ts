import type { Pool } from '@tocsin/schema/postgres/pool';
import type { IsTrusted } from './address.js';
import type { AdmissionRules } from './admission.js';
import type { Cookies } from './cookie.js';
import type { OidcSettings } from './oidc.js';
import type { RefusalLog } from './refusals.js';

/** What signing in needs. */
export interface AuthDeps {
  readonly pool: Pool;
  readonly cookies: Cookies;
  readonly rules: AdmissionRules;
  readonly isTrustedProxy: IsTrusted;
  readonly refusals: RefusalLog;
  readonly oidc: OidcSettings | null;
  readonly mailIsSetUp: boolean;
  /** Where the dashboard is, without a slash at the end. */
  readonly dashboardUrl: () => string;
  /** Epoch milliseconds. */
  readonly now: () => number;
}
