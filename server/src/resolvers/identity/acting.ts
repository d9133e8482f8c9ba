import type { Acting } from '../../auth/people.js';
import type { ApiContext } from '../../context.js';
import { invalidInput } from '../../errors.js';
import { optionalText } from '../input.js';

export function acting({ services, viewer, actor }: ApiContext): Acting {
  const { pool, auth, dashboardUrl } = services;
  return { pool, viewer, actor, now: Date.now(), dashboardUrl: dashboardUrl(), mailIsSetUp: auth.mailIsSetUp };
}

/** @throws ApiFailure INVALID_INPUT where it is no address */
export function emailOf(field: string, value: string | null | undefined): string | null {
  const email = optionalText(field, value, 254);
  if (email === null || /^[^\s@<>"(),;:\\[\]]+@[^\s@<>"(),;:\\[\]]+$/.test(email)) return email;
  throw invalidInput(field, `${field} must be an address like ada@example.com.`);
}
