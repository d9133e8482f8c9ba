import { createDecipheriv, createECDH, createPublicKey, type ECDH, hkdfSync, randomBytes, verify } from 'node:crypto';
import { guardedPost } from '@tocsin/schema/runtime/outgoing';
import { createSealer } from '@tocsin/schema/runtime/sealer';
import { sendTo } from '@tocsin/server/respond/notify/send';
import { pushKeys } from '@tocsin/server/respond/notify/vapid';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startWebServer, type TestWebServer } from '../support/notifyHarness.js';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';

let database: TestDatabase;
let service: TestWebServer;
beforeAll(async () => {
  database = await createTestDatabase();
  service = await startWebServer();
});
afterAll(async () => {
  await service.stop();
  await database.drop();
});

const sealer = createSealer('a key of thirty-two characters or more');
const auth = randomBytes(16);

/** As a browser does it: RFC 8291, one record of RFC 8188. */
function decrypted(body: Buffer, browser: ECDH): unknown {
  const [salt, keyLength] = [body.subarray(0, 16), body.readUInt8(20)];
  const sender = body.subarray(21, 21 + keyLength);
  const record = body.subarray(21 + keyLength);
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), browser.getPublicKey(), sender]);
  const secret = hkdfSync('sha256', browser.computeSecret(sender), auth, info, 32);
  const derive = (what: string, length: number) =>
    Buffer.from(hkdfSync('sha256', Buffer.from(secret), salt, Buffer.from(`Content-Encoding: ${what}\0`), length));
  const cipher = createDecipheriv('aes-128-gcm', derive('aes128gcm', 16), derive('nonce', 12));
  cipher.setAuthTag(record.subarray(-16));
  const padded = Buffer.concat([cipher.update(record.subarray(0, -16)), cipher.final()]);
  return JSON.parse(padded.subarray(0, padded.lastIndexOf(2)).toString());
}

/** What the signature of RFC 8292 says, where the key that it names has made it. */
function signedClaims(authorization: string): unknown {
  const [, token = '', key = ''] = /^vapid t=(\S+), k=(\S+)$/.exec(authorization) ?? [];
  const [header = '', claims = '', signature = ''] = token.split('.');
  const point = Buffer.from(key, 'base64url');
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((part) => part.toString('base64url'));
  const publicKey = createPublicKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256', x: x ?? '', y: y ?? '' } });
  const signed = Buffer.from(`${header}.${claims}`);
  const isRight = verify(
    'sha256',
    signed,
    { key: publicKey, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  );
  return isRight ? JSON.parse(Buffer.from(claims, 'base64url').toString()) : null;
}

it('a browser reads what a push service was given, and the service knows who gave it', async () => {
  const browser = createECDH('prime256v1');
  const p256dh = browser.generateKeys('base64url');
  const purpose = 'contact:1';
  const target = {
    kind: 'web_push',
    name: 'Firefox',
    address: `${service.url}/push/1`,
    settings: {},
    secret: { sealed: sealer.seal(JSON.stringify({ p256dh, auth: auth.toString('base64url') }), purpose), purpose },
    previousSecret: null,
    mayReachPrivate: true,
    isUsable: true,
  } as const;
  const message = {
    title: 'CRITICAL INC-7 Checkout is down',
    text: 'You are on call.',
    html: null,
    url: 'https://tocsin.example.com/incidents/7',
    acknowledgeUrl: null,
    incident: null,
    isRepeat: true,
    more: 0,
    key: 'page/1/contact/2',
  };
  const keys = await pushKeys(database.pool, sealer);
  if (keys === null) throw new Error('there are no keys');
  const subject = 'https://tocsin.example.com';
  const tools = { post: guardedPost, mail: null, vapid: async () => ({ ...keys, subject }), now: Date.now };
  service.answers.set('/push/1', { status: 201 });
  expect(await sendTo({ sealer }, tools, target, message)).toEqual({ outcome: 'sent', status: 201 });
  const [request] = service.requests;
  if (request === undefined) throw new Error('nothing was received');
  expect(decrypted(request.bytes, browser)).toEqual({
    title: message.title,
    body: message.text,
    url: message.url,
    isRepeat: true,
    tag: message.key,
  });
  expect(request.headers['urgency']).toBe('high');
  expect(signedClaims(String(request.headers.authorization))).toMatchObject({ aud: service.url, sub: subject });
  expect(String(request.headers.authorization)).toContain(`k=${keys.publicKey}`);

  service.answers.set('/push/1', { status: 410 });
  expect(await sendTo({ sealer }, tools, target, message)).toMatchObject({ outcome: 'failed', isGone: true });
  const withoutLeave = { ...target, mayReachPrivate: false };
  expect(await sendTo({ sealer }, tools, withoutLeave, message)).toMatchObject({
    outcome: 'failed',
    error: expect.stringMatching(/private network/) as unknown,
  });
});
