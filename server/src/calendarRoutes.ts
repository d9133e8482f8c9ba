import { type CalendarShift, calendarText } from '@tocsin/schema/domain/calendar';
import { shiftsBetween } from '@tocsin/schema/domain/onCallShifts';
import { type CalendarFeed, readFeed } from '@tocsin/schema/postgres/calendarFeed';
import type { Pool } from '@tocsin/schema/postgres/pool';
import { loadSchedules, schedulesWithin } from '@tocsin/schema/postgres/schedule';
import { personsById } from '@tocsin/schema/postgres/person';
import type { FastifyInstance } from 'fastify';
import type { RouteDeps } from './routes.js';

/** 32 random bytes as base64url. */
const tokenForm = /^[\w-]{43}$/;
const monthsBack = 1;
const monthsAhead = 6;

/** Calendars of shifts, for programs that cannot sign in: the address is the secret. */
export async function calendarRoutes(app: FastifyInstance, { services: { pool }, now }: RouteDeps): Promise<void> {
  app.get<{ Params: { readonly file: string } }>('/calendar/:file', async (request, reply) => {
    const { file } = request.params;
    const token = file.endsWith('.ics') ? file.slice(0, -4) : '';
    const feed = tokenForm.test(token) ? await readFeed(pool, token) : null;
    void reply.header('cache-control', 'private, no-store').header('x-content-type-options', 'nosniff');
    if (feed === null) return reply.code(404).type('text/plain; charset=utf-8').send('There is no such calendar.\n');
    return reply.type('text/calendar; charset=utf-8').send(await calendarOf(pool, feed, now()));
  });
}

async function calendarOf(pool: Pool, feed: CalendarFeed, now: number): Promise<string> {
  // From the first of a month to another: what is cut there is cut at the same place at every reading of the month.
  const from = startOfMonth(now, -monthsBack);
  const until = startOfMonth(now, monthsAhead);
  const heads = await loadSchedules(pool);
  const wanted = heads.filter(({ id }) => feed.scheduleId === null || id === feed.scheduleId);
  const plans = await schedulesWithin(
    pool,
    wanted.map(({ id }) => id),
    from,
    until,
  );
  const shifts = [...plans.values()].flatMap((plan) =>
    shiftsBetween(plan, from, until)
      .filter(({ personId }) => personId !== null && (feed.scheduleId !== null || personId === feed.personId))
      .map((shift) => ({
        ...shift,
        schedule: plan.name,
        uid: `${plan.id}-${shift.startsAt}-${shift.personId}@tocsin`,
      })),
  );
  const people = await personsById(pool, [...new Set(shifts.flatMap(({ personId }) => personId ?? []))]);
  const names = new Map(people.map(({ id, name }) => [id, name]));
  const titled = shifts.map((shift): CalendarShift => {
    const who = names.get(shift.personId ?? 0) ?? '';
    return { ...shift, title: feed.scheduleId === null ? `On call: ${shift.schedule}` : `${shift.schedule}: ${who}` };
  });
  const name = feed.scheduleId === null ? 'My on-call shifts' : (wanted[0]?.name ?? 'On call');
  return calendarText(name, titled, now);
}

function startOfMonth(now: number, months: number): number {
  const date = new Date(now);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months);
}
