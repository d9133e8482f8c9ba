function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** The `cursor` of a subscription's payload: every edge of ours carries one directly below the root field. */
export function cursorOf(data: unknown): string | null {
  if (!isRecord(data)) return null;
  for (const edge of Object.values(data)) {
    if (isRecord(edge) && typeof edge['cursor'] === 'string') return edge['cursor'];
  }
  return null;
}

/** Whether an answer says that the log no longer reaches back to our cursor. */
export function saysCursorExpired(answer: unknown): boolean {
  const errors = Array.isArray(answer) ? answer : isRecord(answer) ? answer['errors'] : null;
  if (!Array.isArray(errors)) return false;
  return errors.some(
    (each) => isRecord(each) && isRecord(each['extensions']) && each['extensions']['code'] === 'CURSOR_EXPIRED',
  );
}
