import { describe, expect, it } from 'vitest';
import type { NotificationTopic } from './notification.js';
import { bundle } from './notificationBundle.js';
import { endOfQuiet, planNotifications, type QuietHours, type Recipient } from './notificationPlan.js';
import { retryDelayMs } from './notificationRetry.js';

const everyDay = [1, 2, 3, 4, 5, 6, 7];
const night: QuietHours = { weekdays: everyDay, fromMinute: 22 * 60, untilMinute: 7 * 60, pagesFrom: 'high' };
const at = (text: string): number => Date.parse(text);
const noon = at('2026-06-10T12:00:00Z');

function recipient(over: Partial<Recipient> = {}): Recipient {
  return { personId: 1, timeZone: 'UTC', rules: [], quietHours: [], usableContacts: new Set([10, 11]), ...over };
}

describe('planning messages to a person', () => {
  it('without rules uses every contact at once for a page, and the first for the rest', () => {
    const pages = planNotifications(recipient(), 'page', 'critical', noon);
    expect(pages).toEqual([
      { kind: 'send', contactId: 10, dueAt: noon },
      { kind: 'send', contactId: 11, dueAt: noon },
    ]);
    expect(planNotifications(recipient(), 'update', 'critical', noon)).toEqual([
      { kind: 'send', contactId: 10, dueAt: noon },
    ]);
  });

  it('follows the rules of the topic: which contact, after how long, from which severity', () => {
    const rules = [
      { topic: 'page', contactId: 11, delaySeconds: 0, minSeverity: 'info' },
      { topic: 'page', contactId: 10, delaySeconds: 300, minSeverity: 'high' },
      { topic: 'update', contactId: 10, delaySeconds: 0, minSeverity: 'critical' },
    ] as const;
    expect(planNotifications(recipient({ rules }), 'page', 'high', noon)).toEqual([
      { kind: 'send', contactId: 11, dueAt: noon },
      { kind: 'send', contactId: 10, dueAt: noon + 300_000 },
    ]);
    expect(planNotifications(recipient({ rules }), 'page', 'low', noon)).toEqual([
      { kind: 'send', contactId: 11, dueAt: noon },
    ]);
    expect(planNotifications(recipient({ rules }), 'update', 'high', noon)).toEqual([]);
  });

  it('lets no rule swallow a page', () => {
    const rules = [{ topic: 'page', contactId: 99, delaySeconds: 0, minSeverity: 'info' }] as const;
    expect(planNotifications(recipient({ rules }), 'page', 'low', noon)).toEqual([
      { kind: 'send', contactId: 10, dueAt: noon },
    ]);
    const high = [{ topic: 'page', contactId: 11, delaySeconds: 0, minSeverity: 'high' }] as const;
    expect(planNotifications(recipient({ rules: high }), 'page', 'low', noon)).toHaveLength(1);
  });

  it('sends one message for two rules of one contact, the sooner', () => {
    const rules = [
      { topic: 'page', contactId: 10, delaySeconds: 60, minSeverity: 'info' },
      { topic: 'page', contactId: 10, delaySeconds: 0, minSeverity: 'high' },
    ] as const;
    expect(planNotifications(recipient({ rules }), 'page', 'high', noon)).toEqual([
      { kind: 'send', contactId: 10, dueAt: noon },
    ]);
  });

  it('says that nothing reaches who has no contact', () => {
    const nobody = recipient({ usableContacts: new Set() });
    expect(planNotifications(nobody, 'page', 'critical', noon)).toEqual([{ kind: 'unreachable' }]);
  });

  it('puts off in quiet hours what is not serious enough, over midnight', () => {
    const who = recipient({ quietHours: [night], usableContacts: new Set([10]) });
    const late = at('2026-06-10T23:30:00Z');
    const morning = at('2026-06-11T07:00:00Z');
    expect(planNotifications(who, 'page', 'high', late)).toEqual([{ kind: 'send', contactId: 10, dueAt: late }]);
    const later = { kind: 'later', contactId: 10, dueAt: morning, because: 'quietHours' };
    expect(planNotifications(who, 'page', 'medium', late)).toEqual([later]);
    expect(planNotifications(who, 'update', 'critical', at('2026-06-11T06:59:59Z'))).toEqual([later]);
    expect(planNotifications(who, 'update', 'critical', morning)).toEqual([
      { kind: 'send', contactId: 10, dueAt: morning },
    ]);
  });
});

describe('quiet hours', () => {
  it('belong to the day on which they begin', () => {
    const friday = { ...night, weekdays: [5] };
    expect(endOfQuiet([friday], 'UTC', at('2026-06-13T03:00:00Z'))).toBe(at('2026-06-13T07:00:00Z'));
    expect(endOfQuiet([friday], 'UTC', at('2026-06-14T03:00:00Z'))).toBe(at('2026-06-14T03:00:00Z'));
  });

  it('that follow each other are passed together', () => {
    const morning = { ...night, fromMinute: 7 * 60, untilMinute: 9 * 60 };
    expect(endOfQuiet([night, morning], 'UTC', at('2026-06-11T01:00:00Z'))).toBe(at('2026-06-11T09:00:00Z'));
  });

  it('keep the local time when the clocks change', () => {
    const berlin = 'Europe/Berlin';
    // 2026-03-29: 02:00 → 03:00; 2026-10-25: 03:00 → 02:00
    expect(endOfQuiet([night], berlin, at('2026-03-28T23:00:00Z'))).toBe(at('2026-03-29T05:00:00Z'));
    expect(endOfQuiet([night], berlin, at('2026-10-24T23:00:00Z'))).toBe(at('2026-10-25T06:00:00Z'));
    const untilSkipped = { ...night, untilMinute: 150 };
    expect(endOfQuiet([untilSkipped], berlin, at('2026-03-28T23:00:00Z'))).toBe(at('2026-03-29T01:30:00Z'));
    const untilTwice = { ...night, untilMinute: 150 };
    expect(endOfQuiet([untilTwice], berlin, at('2026-10-24T23:00:00Z'))).toBe(at('2026-10-25T00:30:00Z'));
  });

  it('that leave no minute of the week keep nothing quiet', () => {
    const always = { ...night, fromMinute: 0, untilMinute: 0 };
    expect(endOfQuiet([always], 'UTC', noon)).toBe(noon);
  });
});

describe('bundling', () => {
  const many = (topic: NotificationTopic, count: number, dueAt = noon) =>
    Array.from({ length: count }, (_, index) => ({ id: index + 1, topic, dueAt }));
  const to = (isPerson: boolean, sentLastMinute: number) => ({ isPerson, sentLastMinute, ratePerMinute: 30 });
  const [person, channel] = [(sent = 0) => to(true, sent), (sent = 0) => to(false, sent)];

  it('makes one message of a storm, which stands for all others', () => {
    for (const place of [person(), channel()]) {
      const plan = bundle(many('page', 41), place, noon);
      expect(plan.send).toEqual([1]);
      expect(plan.bundled[0]?.ids).toHaveLength(40);
      expect(plan.held).toEqual([]);
    }
  });

  it('sends a few one by one', () => {
    expect(bundle(many('update', 5), channel(), noon)).toEqual({ send: [1, 2, 3, 4, 5], bundled: [], held: [] });
    expect(bundle(many('update', 2), channel(4), noon)).toMatchObject({ send: [1], bundled: [{ into: 1, ids: [2] }] });
  });

  it('gathers for ten seconds what comes to a channel after that, pages too', () => {
    for (const topic of ['page', 'update'] as const) {
      const waiting = many(topic, 3);
      expect(bundle(waiting, channel(5), noon + 9_999)).toEqual({
        send: [],
        bundled: [{ into: 1, ids: [2, 3] }],
        held: [{ id: 1, until: noon + 10_000 }],
      });
      expect(bundle(waiting, channel(5), noon + 10_000)).toMatchObject({ send: [1], held: [] });
    }
    expect(bundle(many('update', 1), person(5), noon).send).toEqual([]);
  });

  it('keeps no page to a person waiting to be bundled', () => {
    expect(bundle(many('page', 1), person(29), noon)).toEqual({ send: [1], bundled: [], held: [] });
    expect(bundle(many('page', 3), person(5), noon)).toMatchObject({ send: [1], bundled: [{ into: 1, ids: [2, 3] }] });
  });

  it('keeps to the rate; a page to a person waits five seconds for it at most', () => {
    const held = [{ id: 1, until: noon + 5_000 }];
    expect(bundle(many('update', 2), channel(30), noon)).toMatchObject({ send: [], held });
    expect(bundle(many('page', 2), person(30), noon)).toMatchObject({ send: [], held });
    expect(bundle(many('page', 2), person(400), noon + 5_000)).toMatchObject({ send: [1], held: [] });
    const both = [...many('page', 1), { id: 7, topic: 'update' as const, dueAt: noon - 1 }];
    expect(bundle(both, person(29), noon)).toMatchObject({ send: [1], held: [{ id: 7 }] });
  });

  it('bundles nothing that says something of its own, and puts off no test', () => {
    expect(bundle(many('personal', 40), person(), noon)).toMatchObject({ bundled: [], held: { length: 10 } });
    expect(bundle(many('test', 7), channel(30), noon)).toMatchObject({ send: { length: 7 }, bundled: [], held: [] });
  });
});

describe('retrying', () => {
  it('waits longer each time, and gives up', () => {
    const waits = [1, 2, 3, 4, 5, 6, 7].map((attempts) => retryDelayMs('update', attempts));
    expect(waits).toEqual([1_000, 5_000, 30_000, 120_000, 600_000, 3_600_000, null]);
  });
  it('leaves a place within two minutes where somebody is to be woken', () => {
    const waits = [1, 2, 3, 4].map((attempts) => retryDelayMs('page', attempts));
    expect(waits).toEqual([1_000, 5_000, 30_000, null]);
  });
});
