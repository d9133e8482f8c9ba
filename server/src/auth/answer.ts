import type { ErrorCode } from '@tocsin/schema/graphql/enums';
import type { Logger } from '@tocsin/schema/runtime/logger';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import type { z } from 'zod';
import { invalidInput, publicError } from '../errors.js';

/** The body as what the route takes. @throws ApiFailure INVALID_INPUT naming the first wrong field */
export function bodyOf<T>(schema: z.ZodType<T>, { body }: FastifyRequest): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const field = parsed.error.issues[0]?.path.join('.') ?? '';
  throw invalidInput(field === '' ? 'body' : field, field === '' ? 'Send JSON.' : `${field} is missing or wrong.`);
}

const statuses: Readonly<Partial<Record<ErrorCode, number>>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  INVALID_INPUT: 400,
  CONFLICT: 409,
  RATE_LIMITED: 429,
  OVERLOADED: 503,
  UNAVAILABLE: 503,
};

/** What a route threw, as `{ error: { code, message, … } }`: the same codes and sentences as GraphQL. */
export function answerFailure(logger: Logger) {
  return async (error: FastifyError, _request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const status = error.statusCode;
    if (status !== undefined && status < 500) {
      await reply.code(status).send({ error: { code: 'INVALID_INPUT', message: error.message } });
      return;
    }
    const { message, extensions = {} } = publicError(new GraphQLError(error.message, { originalError: error }), logger);
    const code = Object.keys(statuses).find((each) => each === extensions['code']);
    const answer = Object.entries(statuses).find(([each]) => each === code)?.[1] ?? 500;
    await reply.code(answer).send({ error: { ...extensions, message } });
  };
}
