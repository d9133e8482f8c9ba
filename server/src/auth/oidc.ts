import type { Role } from '@tocsin/schema/domain/role';
import { newSecret } from '@tocsin/schema/postgres/oneTimeLink';
import { type OidcRequest, storeOidcRequest, takeOidcRequest } from '@tocsin/schema/postgres/oidcRequest';
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  type Configuration,
  discovery,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import { z } from 'zod';
import type { AuthDeps } from './deps.js';

/** The identity provider, as the environment names it. */
export interface OidcSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** On the button. */
  readonly name: string;
  /** Of who comes for the first time; null: only who has an account comes in. */
  readonly defaultRole: Exclude<Role, 'admin'> | null;
}

/** Whom the identity provider vouches for. */
export interface Identity {
  readonly issuer: string;
  readonly subject: string;
  readonly email: string | null;
  readonly emailIsVerified: boolean;
  readonly name: string | null;
}

/** What came back was not what was sent for, or not in time. */
export class OidcRefused extends Error {
  override readonly name = 'OidcRefused';
  readonly word: 'expired' | 'refused' | 'unreachable';
  constructor(word: OidcRefused['word'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.word = word;
  }
}

export interface OidcClient {
  /** Where to send the browser, and what to put into its cookie. */
  readonly begin: (returnTo: string) => Promise<{ readonly url: string; readonly browser: string }>;
  /** @throws OidcRefused */
  readonly finish: (
    query: string,
    state: string,
    browser: string | null,
  ) => Promise<{ readonly identity: Identity; readonly returnTo: string }>;
}

const claims = z.object({
  iss: z.string(),
  sub: z.string().min(1).max(255),
  email: z.email().max(254).optional().catch(undefined),
  email_verified: z.boolean().optional().catch(undefined),
  name: z.string().max(100).optional().catch(undefined),
});

export function createOidcClient({ pool, now, dashboardUrl }: AuthDeps, settings: OidcSettings): OidcClient {
  let configuration: Promise<Configuration> | null = null;

  /** Asked when it is first needed, and again after a failure: the provider may start later than Tocsin. */
  async function provider(): Promise<Configuration> {
    const issuer = new URL(settings.issuer);
    // Plain http is for a provider on this machine.
    const execute = issuer.protocol === 'http:' ? [allowInsecureRequests] : [];
    configuration ??= discovery(issuer, settings.clientId, settings.clientSecret, undefined, { execute, timeout: 10 });
    try {
      return await configuration;
    } catch (error) {
      configuration = null;
      throw new OidcRefused('unreachable', 'The identity provider does not answer.', { cause: error });
    }
  }

  const redirectUri = (): string => `${dashboardUrl()}/auth/oidc/callback`;

  return {
    begin: async (returnTo) => {
      const config = await provider();
      const [codeVerifier, state, nonce, browser] = [
        randomPKCECodeVerifier(),
        randomState(),
        randomNonce(),
        newSecret(''),
      ];
      await storeOidcRequest(pool, state, browser, { codeVerifier, nonce, returnTo }, now());
      const url = buildAuthorizationUrl(config, {
        redirect_uri: redirectUri(),
        scope: 'openid email profile',
        code_challenge: await calculatePKCECodeChallenge(codeVerifier),
        code_challenge_method: 'S256',
        state,
        nonce,
      });
      return { url: url.href, browser };
    },
    finish: async (query, state, browser) => {
      const request = browser === null ? null : await takeOidcRequest(pool, state, browser, now());
      if (request === null) {
        throw new OidcRefused('expired', 'no sign-in of this browser is under way, or it took too long');
      }
      const identity = await exchange(await provider(), new URL(`${redirectUri()}?${query}`), state, request);
      return { identity, returnTo: request.returnTo };
    },
  };
}

/** The code against an identity: signature, issuer, audience, nonce and state are the library's to check. */
async function exchange(
  config: Configuration,
  answer: URL,
  state: string,
  { codeVerifier, nonce }: OidcRequest,
): Promise<Identity> {
  try {
    const tokens = await authorizationCodeGrant(config, answer, {
      pkceCodeVerifier: codeVerifier,
      expectedState: state,
      expectedNonce: nonce,
      idTokenExpected: true,
    });
    const { iss, sub, email, email_verified: verified, name } = claims.parse(tokens.claims());
    return {
      issuer: iss,
      subject: sub,
      email: email ?? null,
      emailIsVerified: verified === true,
      name: name ?? null,
    };
  } catch (error) {
    throw new OidcRefused('refused', error instanceof Error ? error.message : String(error), { cause: error });
  }
}
