import type { graphql } from '../../graphql/graphql.ts';

export type FieldKind = ReturnType<typeof graphql.scalar<'FieldKind'>>;

export const fieldKindWords = {
  TEXT: 'Text',
  NUMBER: 'Number',
  CHOICE: 'Choice',
  DATE: 'Date',
  PERSON: 'Person',
  LINK: 'Link',
} as const satisfies Record<FieldKind, string>;
