import { expect, test } from 'vitest';
import { rankChanges, type ChangeEvent, type ChangeScope } from './change.js';

const start = Date.parse('2026-11-20T09:00:00Z');
const scope: ChangeScope = {
  impactStartedAt: start,
  environment: 'production',
  services: ['checkout'],
  dependencies: new Map([
    ['payments', 1],
    ['ledger', 2],
  ]),
  aliases: new Map([['checkout-web', 'checkout']]),
};

function change(id: number, minutesBefore: number, rest: Partial<ChangeEvent> = {}): ChangeEvent {
  return {
    id,
    integrationId: 1,
    title: `change ${id}`,
    service: 'checkout',
    environment: 'production',
    source: 'generic',
    occurredAt: start - minutesBefore * 60_000,
    links: [],
    details: {},
    ...rest,
  };
}
const order = (...changes: ChangeEvent[]) => rankChanges(changes, scope).map((each) => each.change.id);

test('the same service goes before a dependency, the nearer dependency first, and the environment comes last', () => {
  const elsewhere = change(1, 1, { service: 'mailer' });
  const ledger = change(2, 1, { service: 'Ledger' });
  const payments = change(3, 60, { service: 'payments' });
  expect(order(elsewhere, ledger, payments, change(4, 300))).toEqual([4, 3, 2, 1]);
  expect(rankChanges([payments, ledger, elsewhere], scope).map(({ reason }) => reason)).toEqual([
    'checkout depends on payments',
    'checkout depends on Ledger, 2 steps away',
    'Same environment: production',
  ]);
});

test('among equals the nearest before the start goes first, and what came after it last', () => {
  expect(order(change(1, -1), change(2, 120), change(3, 5))).toEqual([3, 2, 1]);
  expect(rankChanges([change(1, -1)], scope)[0]?.secondsBeforeImpact).toBe(-60);
});

test('another environment is no cause, and nothing in common is none either', () => {
  expect(order(change(1, 5, { environment: 'staging' }))).toEqual([]);
  expect(order(change(2, 5, { environment: null }))).toEqual([2]);
  expect(order(change(4, 5, { environment: 'prod' }))).toEqual([4]);
  expect(order(change(3, 5, { service: 'mailer', environment: null }))).toEqual([]);
});

test('a service is known by its other names too', () => {
  expect(rankChanges([change(1, 5, { service: 'Checkout-Web' })], scope)[0]?.reason).toBe('Same service: Checkout-Web');
});
