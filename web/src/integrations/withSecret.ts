export const secretPlaceholder = '{{secret}}';

/** The snippet with the secret in its place; without one the placeholder stays. */
export function withSecret(code: string, secret: string | null): string {
  return secret === null ? code : code.split(secretPlaceholder).join(secret);
}
