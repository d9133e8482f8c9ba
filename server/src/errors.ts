import { randomUUID } from 'node:crypto';
import { DomainFailure } from '@tocsin/schema/domain/errors';
import { type ErrorCode, errorCodes } from '@tocsin/schema/graphql/enums';
import { isUnavailable, sqlState } from '@tocsin/schema/postgres/transaction';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Logger } from 'pino';

/** What the API itself refuses; the domain's refusals are {@link DomainFailure}. */
export class ApiFailure extends Error {
  override readonly name = 'ApiFailure';
  readonly code: ErrorCode;
  readonly field: string | undefined;
  constructor(code: ErrorCode, message: string, field?: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.field = field;
  }
}

export function invalidInput(field: string, message: string): ApiFailure {
  return new ApiFailure('INVALID_INPUT', message, field);
}

export function notFound(what: string, id: string): ApiFailure {
  return new ApiFailure('NOT_FOUND', `There is no ${what} ${id.slice(0, 40)}.`);
}

interface Refusal {
  readonly code: ErrorCode;
  readonly message: string;
  readonly more?: Readonly<Record<string, unknown>>;
}

/**
 * The error as clients may see it: `extensions.code` is always one of {@link ErrorCode}, and what nobody expected
 * carries an id that the log carries too, and nothing else.
 */
export function publicError(error: GraphQLError, logger: Logger): GraphQLFormattedError {
  const { locations, path } = error.toJSON();
  const { code, message, more } = refusalOf(error) ?? unexpected(error, logger);
  return {
    message,
    ...(locations && { locations }),
    ...(path && { path }),
    extensions: { code, ...more },
  };
}

function refusalOf(error: GraphQLError): Refusal | null {
  const cause = causeOf(error);
  if (cause instanceof DomainFailure) {
    const { code, message, ...more } = cause.error;
    return { code, message, more };
  }
  if (cause instanceof ApiFailure) {
    return {
      code: cause.code,
      message: cause.message,
      ...(cause.field !== undefined && { more: { field: cause.field } }),
    };
  }
  return cause === null ? requestRefusal(error) : storeRefusal(cause);
}

/** What a resolver threw, through any number of GraphQL's own wrappers; null for GraphQL's own complaints. */
function causeOf(error: GraphQLError): Error | null {
  let cause: Error | null | undefined = error.originalError;
  while (cause instanceof GraphQLError && cause.originalError) cause = cause.originalError;
  return cause instanceof GraphQLError ? null : (cause ?? null);
}

function isErrorCode(code: unknown): code is ErrorCode {
  return (errorCodes as readonly unknown[]).includes(code);
}

/** Syntax, validation and variables: GraphQL's messages name what is wrong and hold nothing of ours. */
function requestRefusal(error: GraphQLError): Refusal | null {
  const { code, field } = error.extensions;
  if (/tokens\. Parsing aborted/.test(error.message)) return { code: 'QUERY_TOO_COMPLEX', message: error.message };
  if (isErrorCode(code) && code !== 'INTERNAL') {
    return { code, message: error.message, ...(typeof field === 'string' && { more: { field } }) };
  }
  return code === 'INTERNAL_SERVER_ERROR' && !isAboutTheRequest(error)
    ? null
    : { code: 'INVALID_INPUT', message: error.message };
}

/** A wrong literal or variable is found without a resolver, so it has a place in the document and no path. */
function isAboutTheRequest(error: GraphQLError): boolean {
  return error.path === undefined && error.nodes !== undefined;
}

function storeRefusal(cause: Error): Refusal | null {
  switch (sqlState(cause) ?? '') {
    case '2201B': // invalid_regular_expression
      return {
        code: 'INVALID_INPUT',
        message: 'A label matcher is no valid regular expression.',
        more: { field: 'filter.matchers' },
      };
    case '22021': // character_not_in_repertoire
    case '22P05': // untranslatable_character
    case '22P02': // invalid_text_representation, as of a lone surrogate in JSON
      return {
        code: 'INVALID_INPUT',
        message: 'A text holds a NUL character or a lone surrogate.',
        more: { field: 'filter' },
      };
    case '22008': // datetime_field_overflow
      return { code: 'INVALID_INPUT', message: 'A time is out of range.', more: { field: 'filter' } };
    case '57014': // query_canceled
    case '53300': // too_many_connections
      return { code: 'OVERLOADED', message: 'The database took too long: narrow the filter, or try again later.' };
  }
  if (/timeout exceeded when trying to connect/.test(cause.message)) {
    return { code: 'OVERLOADED', message: 'The database is busy: try again in a moment.' };
  }
  return isUnavailable(cause) ? { code: 'UNAVAILABLE', message: 'The database is away: try again in a moment.' } : null;
}

function unexpected(error: GraphQLError, logger: Logger): Refusal {
  const errorId = randomUUID();
  logger.error({ errorId, path: error.path, err: error.originalError ?? error }, 'unexpected GraphQL error');
  return { code: 'INTERNAL', message: `Something unexpected went wrong (${errorId}).`, more: { errorId } };
}
