import type { Heartbeat } from '@tocsin/schema/postgres/heartbeat';
import { expect, test } from 'vitest';
import { receivedAt as now, testIntegration } from '../integration.fixture.js';
import { silenceAlert } from './heartbeat.js';

const integration = testIntegration({ name: 'Harbour' });
const minute = 60_000;
const say = (heartbeat: Partial<Heartbeat>) =>
  silenceAlert(
    { integrationId: 7, seconds: 300, since: now - 60 * minute, heardAt: now, toldAt: null, ...heartbeat },
    integration,
    now,
  );

test('a sender that is heard, or that nobody expects, is no alert', () => {
  expect(say({ heardAt: now - 5 * minute })).toBeNull();
  expect(say({ heardAt: null, seconds: null })).toBeNull();
  expect(say({ heardAt: null, since: now - minute })).toBeNull();
});

test('silence fires from the moment that the heartbeat was due', () => {
  expect(say({ heardAt: now - 7 * minute })).toMatchObject({
    title: 'Integration Harbour is silent',
    status: 'firing',
    startsAt: now - 2 * minute,
  });
  expect(say({ heardAt: null })).toMatchObject({ status: 'firing', startsAt: now - 55 * minute });
});

test('it is confirmed now and then, so that it does not go stale itself', () => {
  const heardAt = now - 60 * minute;
  expect(say({ heardAt, toldAt: now - minute })).toBeNull();
  expect(say({ heardAt, toldAt: now - 6 * minute })).toMatchObject({ status: 'firing' });
});

test('it ends when the sender speaks, or when nobody expects it any more', () => {
  expect(say({ heardAt: now - minute, toldAt: now - minute })).toMatchObject({
    status: 'resolved',
    endsAt: now - minute,
  });
  expect(say({ seconds: null, heardAt: null, toldAt: now })).toMatchObject({ status: 'resolved', endsAt: now });
});
