import { decodeCursor, encodeCursor, type LogCursor, type LogEvent } from '@tocsin/schema/domain/event';
import { invalidInput } from '../errors.js';

/** @throws ApiFailure INVALID_INPUT when the text is no position in the log. */
export function logCursorOf(cursor: string): LogCursor {
  const decoded = decodeCursor(cursor);
  if (decoded === null || !isStorable(decoded)) {
    throw invalidInput('after', 'after is no cursor of the log: pass back what you were given.');
  }
  return decoded;
}

const largestXid = 2n ** 64n - 1n;
const largestPosition = 2n ** 63n - 1n;

/** What Postgres could not hold was never handed out. */
function isStorable({ xid, position }: LogCursor): boolean {
  return BigInt(xid) <= largestXid && BigInt(position) <= largestPosition;
}

export function timelineEdge(event: LogEvent): { readonly cursor: string; readonly node: LogEvent } {
  return { cursor: encodeCursor(event.cursor), node: event };
}
