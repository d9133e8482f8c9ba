import { createECDH, randomBytes } from 'node:crypto';
import type { OutgoingRequest } from '@tocsin/schema/runtime/outgoing';
import { expect, test } from 'vitest';
import webPush from 'web-push';
import { webPushAdapter } from './webPush.js';

const browser = createECDH('prime256v1');
const keys = { p256dh: browser.generateKeys('base64url'), auth: randomBytes(16).toString('base64url') };
const target = {
  address: 'https://push.example.com/subscription/1',
  settings: {},
  secret: JSON.stringify(keys),
  previousSecret: null,
  mayReachPrivate: false,
};
const message = {
  title: 'HIGH INC-1 Checkout is down',
  text: 'You are on call.',
  html: null,
  url: 'https://tocsin.example.com/incidents/1',
  acknowledgeUrl: null,
  incident: null,
  isRepeat: false,
  more: 0,
  key: 'page/1/contact/2',
};

async function push(status: number) {
  const requests: (OutgoingRequest & { readonly url: string })[] = [];
  const outcome = await webPushAdapter.send(message, target, {
    post: async (url, request) => {
      requests.push({ url, ...request });
      return { status, retryAfterMs: null, body: '' };
    },
    mail: null,
    vapid: async () => ({ subject: 'https://tocsin.example.com', ...webPush.generateVAPIDKeys() }),
    now: Date.now,
  });
  return { outcome, request: requests[0] };
}

test('a push is encrypted for the browser, signed for its service, and refuses private addresses', async () => {
  const { outcome, request } = await push(201);
  expect(outcome).toEqual({ outcome: 'sent', status: 201 });
  expect(request?.url).toBe(target.address);
  expect(request?.mayReachPrivate).toBe(false);
  expect(request?.headers['Content-Encoding']).toBe('aes128gcm');
  expect(request?.headers['Authorization']).toMatch(/^vapid t=[\w-]+\.[\w-]+\.[\w-]+, k=[\w-]{87}$/);
  expect(Buffer.from(request?.body ?? '').includes('Checkout')).toBe(false);
  expect(request?.body.length).toBeGreaterThan(100);
});

test('a subscription that ended is not written to again, a busy service is', async () => {
  for (const status of [404, 410])
    expect((await push(status)).outcome).toMatchObject({ outcome: 'failed', isGone: true });
  expect((await push(429)).outcome).toMatchObject({ outcome: 'retry', status: 429 });
});
