import { SpanStatusCode, trace } from '@opentelemetry/api';
import type { MiddlewareFn } from 'type-graphql';

const tracer = trace.getTracer('tocsin');

/** One span per root field; the fields below are property reads and shared loads. */
export const traceResolver: MiddlewareFn = ({ info }, next) => {
  if (info.path.prev !== undefined) return next();
  return tracer.startActiveSpan(`${info.parentType.name}.${info.fieldName}`, async (span) => {
    try {
      const value: unknown = await next();
      return value;
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  });
};
