import type { TokenScope } from '../../graphql/graphql.ts';

/** What a token may be narrowed to. It never may more than whose it is. */
export const scopeWords: Readonly<Record<TokenScope, string>> = {
  READ: 'Read',
  REPORT: 'Report incidents',
  RESPOND: 'Respond to incidents',
  CONFIGURE: 'Configure',
  ADMINISTER: 'Administer people',
};

export const scopes: readonly TokenScope[] = ['READ', 'REPORT', 'RESPOND', 'CONFIGURE', 'ADMINISTER'];

/** Days until a token ends. */
export const lifetimes = [
  { value: '7', label: 'A week' },
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: 'A year' },
];
