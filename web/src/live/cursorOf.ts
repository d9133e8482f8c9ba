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

function refusesCursor(error: unknown): boolean {
  if (!isRecord(error) || !isRecord(error['extensions'])) return false;
  const { code, field } = error['extensions'];
  return code === 'CURSOR_EXPIRED' || (code === 'INVALID_INPUT' && field === 'after');
}

/** Whether an answer says that our cursor leads nowhere: the log no longer reaches back to it, or is another log now. */
export function saysCursorRefused(answer: unknown): boolean {
  const errors = Array.isArray(answer) ? answer : isRecord(answer) ? answer['errors'] : null;
  return Array.isArray(errors) && errors.some(refusesCursor);
}
