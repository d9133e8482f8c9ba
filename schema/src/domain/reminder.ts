const dayMs = 86_400_000;
const weekMs = 7 * dayMs;

/**
 * When somebody is reminded next: once before, when it is due, and every week after.
 * Times are epoch milliseconds.
 */
export function nextReminderAt(dueAt: number, daysBefore: number, now: number): number {
  const before = dueAt - daysBefore * dayMs;
  if (now < before) return before;
  if (now < dueAt) return dueAt;
  return dueAt + (Math.floor((now - dueAt) / weekMs) + 1) * weekMs;
}

/** So many working days later, at the same time of day: Saturdays and Sundays (UTC) are passed over. */
export function afterWorkingDays(from: number, days: number): number {
  let instant = from;
  for (let left = days; left > 0;) {
    instant += dayMs;
    const day = new Date(instant).getUTCDay();
    if (day !== 0 && day !== 6) left--;
  }
  return instant;
}
