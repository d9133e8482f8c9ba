import { describe, expect, it } from 'vitest';
import type { MaintenanceDefinition } from './maintenance.js';
import { refusalOfDefinition } from './maintenanceCheck.js';
import { createSuppressor } from './maintenanceSuppressor.js';
import { alertFacts } from './maintenanceFacts.fixture.js';

const now = Date.parse('2026-11-27T12:00:00Z');
const hour = 3_600_000;

const silence: MaintenanceDefinition = {
  kind: 'silence',
  name: 'Disk is being replaced',
  comment: null,
  match: 'service == "checkout"',
  startsAt: now,
  endsAt: now + hour,
  rrule: null,
  timeZone: null,
  durationSeconds: null,
};
const nightly: MaintenanceDefinition = {
  ...silence,
  kind: 'window',
  endsAt: null,
  rrule: 'FREQ=DAILY;BYHOUR=2;BYMINUTE=0',
  timeZone: 'Europe/Berlin',
  durationSeconds: 3_600,
};

describe('a definition', () => {
  it('is taken where all is well', () => {
    expect(refusalOfDefinition(silence, now)).toBeNull();
    expect(refusalOfDefinition(nightly, now)).toBeNull();
    // A whole day long is no overlap, although one day of the year has 23 hours.
    expect(refusalOfDefinition({ ...nightly, durationSeconds: 86_400 }, Date.parse('2026-03-20T00:00:00Z'))).toBeNull();
  });

  it.each<[Partial<MaintenanceDefinition>, string]>([
    [{ name: ' ' }, 'name'],
    [{ match: ' ' }, 'match'],
    [{ endsAt: null }, 'endsAt'],
    [{ endsAt: now }, 'endsAt'],
    [{ startsAt: now - 2 * hour, endsAt: now - hour }, 'endsAt'],
    [{ endsAt: now + 400 * 24 * hour }, 'endsAt'],
    [{ startsAt: Number.NaN }, 'startsAt'],
    [{ startsAt: 8.64e15 }, 'startsAt'],
    [{ rrule: 'FREQ=DAILY' }, 'rrule'],
    [{ timeZone: 'UTC' }, 'timeZone'],
    [{ ...nightly, timeZone: null }, 'timeZone'],
    [{ ...nightly, timeZone: 'Mars/Phobos' }, 'timeZone'],
    [{ ...nightly, durationSeconds: null }, 'durationSeconds'],
    [{ ...nightly, durationSeconds: 59 }, 'durationSeconds'],
    [{ ...nightly, durationSeconds: 2 * 86_400 }, 'durationSeconds'],
    [{ ...nightly, rrule: 'FREQ=SECONDLY' }, 'rrule'],
    [{ ...nightly, endsAt: now + hour }, 'endsAt'],
    [{ ...nightly, startsAt: now - 9 * 24 * hour, rrule: 'FREQ=DAILY;COUNT=3' }, 'rrule'],
    [{ ...nightly, startsAt: now - 9 * 24 * hour, rrule: 'FREQ=DAILY;UNTIL=20261120' }, 'rrule'],
  ])('is refused with %j', (change, field) => {
    expect(refusalOfDefinition({ ...silence, ...change }, now)).toMatchObject({ code: 'INVALID_INPUT', field });
  });

  it('is refused with the place where its expression is wrong', () => {
    expect(refusalOfDefinition({ ...silence, match: 'service == \n "a" &&' }, now)).toMatchObject({
      code: 'EXPRESSION_INVALID',
      field: 'match',
      line: 2,
    });
    expect(refusalOfDefinition({ ...silence, match: 'title' }, now)).toMatchObject({ code: 'EXPRESSION_INVALID' });
  });
});

describe('the suppressor', () => {
  const window = { ...silence, id: 1, version: 1, owner: 'ada', endedAt: null, createdAt: now };
  const alert = alertFacts({ service: 'checkout' });

  it('names the window that matches, while it runs', () => {
    const { suppressorOf } = createSuppressor([window]);
    const found = { windowId: 1, name: 'Disk is being replaced', kind: 'silence', until: now + hour };
    expect(suppressorOf(alert, now)).toEqual(found);
    expect(suppressorOf(alert, now + hour)).toBeNull();
    expect(suppressorOf(alertFacts({ service: 'orders' }), now)).toBeNull();
  });

  it('names of several the one that ends last', () => {
    const longer = { ...window, id: 2, endsAt: now + 2 * hour };
    for (const windows of [
      [window, longer],
      [longer, window],
    ]) {
      expect(createSuppressor(windows).suppressorOf(alert, now)?.windowId).toBe(2);
    }
  });

  it('lets an alert through on which the expression fails, and a window that cannot be used', () => {
    expect(createSuppressor([{ ...window, match: '1 / labels.size() > 0' }]).suppressorOf(alert, now)).toBeNull();
    const broken = createSuppressor([{ ...window, id: 3, match: 'nonsense(' }, window]);
    expect(broken.faults).toMatchObject([{ windowId: 3 }]);
    expect(broken.suppressorOf(alert, now)?.windowId).toBe(1);
  });
});
