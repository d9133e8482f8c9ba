import { GraphQLScalarType, Kind } from 'graphql';
import { GraphQLDateTime } from 'graphql-scalars';
import { GraphQLError } from 'graphql';

/** Inside the program a time is epoch milliseconds; on the wire it is RFC 3339. */
export const DateTime = new GraphQLScalarType<number, string>({
  name: 'DateTime',
  description: 'RFC 3339 instant in UTC, e.g. 2026-03-01T10:00:00.000Z.',
  serialize: (value) => (typeof value === 'number' ? new Date(value) : GraphQLDateTime.serialize(value)).toISOString(),
  parseValue: (value) => GraphQLDateTime.parseValue(value).getTime(),
  parseLiteral: (node, variables) => GraphQLDateTime.parseLiteral(node, variables).getTime(),
});

const longestCursor = 1_000;

function cursorText(value: unknown): string {
  if (typeof value === 'string' && value !== '' && value.length <= longestCursor) return value;
  throw new GraphQLError('Cursor must be the text that was handed out.', {
    extensions: { code: 'INVALID_INPUT', field: 'after' },
  });
}

export const Cursor = new GraphQLScalarType<string, string>({
  name: 'Cursor',
  description: 'Opaque position in a list or in the event log. Pass back what you were given; never build one.',
  serialize: cursorText,
  parseValue: cursorText,
  parseLiteral: (node) => cursorText(node.kind === Kind.STRING ? node.value : null),
});

function calendarDate(value: unknown): string {
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value)) return value;
  throw new GraphQLError('Date must be a day like 2026-03-01.', { extensions: { code: 'INVALID_INPUT' } });
}

export const CalendarDate = new GraphQLScalarType<string, string>({
  name: 'Date',
  description: 'A day without a time and zone, e.g. 2026-03-01.',
  serialize: calendarDate,
  parseValue: calendarDate,
  parseLiteral: (node) => calendarDate(node.kind === Kind.STRING ? node.value : null),
});
