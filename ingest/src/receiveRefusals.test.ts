import { request as httpRequest } from 'node:http';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { Overloaded, Unavailable } from './answers.js';
import { deliveries, firing, json, post, secret, startReceiver, submit, v4, verify } from './receiver.fixture.js';

const url = startReceiver();
const send = (path: string, body: Parameters<typeof post>[1], headers?: Record<string, string>) =>
  post(url() + path, body, headers);

describe('a body that is not understood is kept and then refused', () => {
  test.each<[string, string, string | Uint8Array<ArrayBuffer> | undefined, string | null, RegExp]>([
    ['no JSON', '/webhooks/alertmanager', '{"alerts":[', null, /not valid JSON/],
    ['nothing', '/webhooks/alertmanager', undefined, null, /empty/],
    ['invalid UTF-8', '/webhooks/alertmanager', new Uint8Array([0x22, 0xc3, 0x28, 0x22]), null, /not valid UTF-8/],
    ['another format', '/webhooks/signoz', '{"event":"x"}', 'alerts', /alerts: expected an array/],
  ])('%s', async (_, path, body, field, message) => {
    const sent = await send(path, body);
    expect(sent.status).toBe(400);
    expect(json(sent)).toEqual({
      error: { code: 'MALFORMED_PAYLOAD', message: expect.stringMatching(message), path: field },
    });
    expect(deliveries).toMatchObject([{ alerts: [], rejected: [], malformed: { path: field } }]);
  });

  test('a single alert with 10,000 labels', async () => {
    const labels = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`label_${i}`, 'x']));
    const sent = await send('/webhooks/alertmanager', JSON.stringify({ alerts: [{ ...firing, labels }] }));
    expect(sent.status).toBe(400);
    expect(json(sent)).toMatchObject({ error: { code: 'MALFORMED_PAYLOAD', path: 'alerts[0].labels' } });
    expect(deliveries).toMatchObject([{ malformed: null, rejected: [{ path: 'alerts[0].labels' }] }]);
  });

  test('nesting deeper than any alert, whatever the strings look like', async () => {
    const deep = '['.repeat(2_000_000) + ']'.repeat(2_000_000);
    expect((await send('/webhooks/generic', deep)).text).toContain('nests deeper than 1000 levels');
    const shallow = JSON.stringify({ title: 'x', description: '"[\\'.repeat(20_000) });
    expect((await send('/webhooks/generic', shallow)).status).toBe(200);
  });

  test('an encoding we do not know, or that is not what it says', async () => {
    for (const encoding of ['br', 'gzip']) {
      const sent = await send('/webhooks/alertmanager', v4, { 'content-encoding': encoding });
      expect(json(sent)).toMatchObject({
        error: { code: 'MALFORMED_PAYLOAD', message: expect.stringContaining(encoding) },
      });
      expect(deliveries.at(-1)?.body.toString()).toBe(v4);
    }
  });
});

describe('a body over 5 MiB is refused with 413', () => {
  const tooLarge = { error: { code: 'PAYLOAD_TOO_LARGE', message: expect.stringContaining('5242880') } };

  test('at once where it says so', async () => {
    const sent = await send('/webhooks/alertmanager', 'x'.repeat(6 * 1024 * 1024));
    expect(sent.status).toBe(413);
    expect(json(sent)).toEqual(tooLarge);
    expect(submit).not.toHaveBeenCalled();
  });

  test('as soon as it is where it is streamed, 100 MB of it', async () => {
    const sent = await stream(100);
    expect(sent.status).toBe(413);
    expect(JSON.parse(sent.text)).toEqual(tooLarge);
  });

  test('where it is a zip bomb', async () => {
    const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024));
    expect(bomb.length).toBeLessThan(1024 * 1024);
    const sent = await send('/webhooks/alertmanager', bomb, { 'content-encoding': 'gzip' });
    expect(sent.status).toBe(413);
    expect(submit).not.toHaveBeenCalled();
  });

  /** Sends `megabytes` in chunks and reads the answer, as a sender that writes before it reads. */
  function stream(megabytes: number): Promise<{ status: number | undefined; text: string }> {
    return new Promise((resolve, reject) => {
      const headers = { authorization: `Bearer ${secret}`, 'transfer-encoding': 'chunked' };
      const request = httpRequest(`${url()}/webhooks/alertmanager`, { method: 'POST', headers }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        response.on('end', () => resolve({ status: response.statusCode, text }));
      });
      request.on('error', reject);
      const chunk = Buffer.alloc(1024 * 1024, 0x20);
      let left = megabytes;
      const write = (): void => {
        while (left-- > 0) if (!request.write(chunk)) return void request.once('drain', write);
        request.end();
      };
      write();
    });
  }
});

describe('when nothing can be stored', () => {
  test.each([
    ['OVERLOADED', new Overloaded('too much', 3), '3'],
    ['UNAVAILABLE', new Unavailable(), '5'],
  ])('the answer is 503 %s with Retry-After, never 429', async (code, failure, retryAfter) => {
    submit.mockRejectedValue(failure);
    for (const path of ['/webhooks/alertmanager', '/webhooks/prometheus', '/api/v2/alerts']) {
      const sent = await send(path, '[]');
      expect(sent.status).toBe(503);
      expect(sent.headers.get('retry-after')).toBe(retryAfter);
      expect(json(sent)).toMatchObject({ error: { code } });
    }
  });

  test('a secret that cannot be looked up is 503 too, not 401', async () => {
    verify.mockRejectedValueOnce(new Unavailable());
    expect((await send('/webhooks/alertmanager', v4)).status).toBe(503);
  });

  test('an unforeseen failure is a 500 that senders retry and whose text stays inside', async () => {
    submit.mockRejectedValue(new Error('relation "alert" does not exist'));
    const sent = await send('/webhooks/alertmanager', v4);
    expect(sent.status).toBe(500);
    expect(sent.text).not.toContain('relation');
  });
});
