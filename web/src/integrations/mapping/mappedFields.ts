import type { graphql } from '../../graphql/graphql.ts';
import type { MappedIntegration } from '../integrationsQueries.ts';

export type MappedField = ReturnType<typeof graphql.scalar<'MappedField'>>;

/** What the form holds: an expression for each field, '' for none. */
export type Draft = Readonly<Partial<Record<MappedField, string>>>;

interface FieldWords {
  readonly label: string;
  readonly hint: string;
  readonly example: string;
}

/** In the order in which they matter. */
export const fieldWords: Readonly<Record<MappedField, FieldWords>> = {
  ALERTS: {
    label: 'List of alerts',
    hint: 'Where one body holds several; body is then each of them.',
    example: 'body.alerts',
  },
  TITLE: { label: 'Title', hint: 'What a person reads first.', example: 'body.check.name' },
  STATUS: {
    label: 'Status',
    hint: 'A word like firing or resolved.',
    example: 'body.state == "OK" ? "resolved" : "firing"',
  },
  SEVERITY: { label: 'Severity', hint: 'The sender’s word for it.', example: 'body.priority' },
  FINGERPRINT: {
    label: 'Identity',
    hint: 'The same for each repeat; else the labels decide.',
    example: 'body.incident_key',
  },
  SERVICE: { label: 'Service', hint: 'What fails.', example: 'body.tags.app' },
  ENVIRONMENT: { label: 'Environment', hint: 'Where it runs.', example: 'body.tags.env' },
  SUMMARY: { label: 'Summary', hint: 'One sentence more.', example: 'body.message' },
  DESCRIPTION: { label: 'Description', hint: 'All the rest.', example: 'body.details' },
  STARTS_AT: { label: 'Began', hint: 'RFC 3339, or seconds since 1970.', example: 'body.timestamp' },
  ENDS_AT: { label: 'Ended', hint: 'RFC 3339, or seconds since 1970.', example: 'body.resolved_at' },
  LABELS: { label: 'Labels', hint: 'An object: what tells conditions apart.', example: '{"host": body.host}' },
  URL: { label: 'Link', hint: 'Back to the sender.', example: 'body.links.self' },
  GROUP_KEY: { label: 'Group', hint: 'How the sender itself groups alerts.', example: 'body.group' },
};

export const mappedFields = (Object.keys(fieldWords) as readonly string[]).filter(
  (name): name is MappedField => name in fieldWords,
);

export function draftOf(mapping: MappedIntegration['mapping']): Draft {
  return Object.fromEntries(mapping.map(({ field, expression }) => [field, expression]));
}

/** What the API is told: only fields with an expression. */
export function mappingOf(draft: Draft) {
  return mappedFields.flatMap((field) => {
    const expression = draft[field]?.trim() ?? '';
    return expression === '' ? [] : [{ field, expression }];
  });
}

interface Position {
  readonly line: number | null;
  readonly column: number | null;
}

/** The line of the expression that an error is in, and what stands before the error; both count from 1. */
export function caretAt(expression: string, { line, column }: Position) {
  if (line === null || column === null) return null;
  const text = expression.split('\n')[line - 1];
  return text === undefined ? null : { line: text, before: text.slice(0, Math.max(0, column - 1)) };
}
