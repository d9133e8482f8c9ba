import { invalidInput } from '../errors.js';

/**
 * Who may change an address may not read the secret beside it: sent elsewhere it would be read there.
 * @throws ApiFailure INVALID_INPUT where protocol, host or port are others
 */
export function assertSecretComesAlong(field: string, from: string | null, to: string | null): void {
  if (originOf(from) === originOf(to)) return;
  throw invalidInput(field, 'The address changed: give the secret again.');
}

function originOf(address: string | null): string | null {
  return address !== null && URL.canParse(address) ? new URL(address).origin : address;
}
