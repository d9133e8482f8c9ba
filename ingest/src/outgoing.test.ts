import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isForbiddenAddress } from '@tocsin/schema/domain/forbiddenAddress';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { guardedGet, OutgoingFailure } from './outgoing.js';

const options = { timeoutMs: 2_000, limitBytes: 1_000 };
let server: Server;
let url = '';

beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url === '/moved') response.writeHead(302, { location: 'http://169.254.169.254/' }).end();
    else if (request.url === '/large') response.end('x'.repeat(2_000));
    else if (request.url === '/never') return;
    else if (request.url === '/broken') response.writeHead(500).end();
    else response.end(request.headers.authorization ?? 'nobody');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // a listening TCP server has an address with a port
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

test('a private address is asked, with the token', async () => {
  const body = await guardedGet(`${url}/`, { ...options, headers: { authorization: 'Bearer t' } });
  expect(body.toString()).toBe('Bearer t');
});

test.each([
  ['/moved', /redirects are not followed/],
  ['/large', /more than 1000 bytes/],
  ['/broken', /answered 500/],
  ['/never', /did not answer within 0\.2 s/],
])('%s fails', async (path, message) => {
  const failure = guardedGet(url + path, { ...options, timeoutMs: path === '/never' ? 200 : 2_000 });
  await expect(failure).rejects.toThrow(message);
  await expect(failure).rejects.toBeInstanceOf(OutgoingFailure);
});

test('nobody there is a failure too', async () => {
  await expect(guardedGet('http://127.0.0.1:9/', options)).rejects.toThrow(/could not be asked/);
});

test('the addresses where clouds hand out credentials are not asked', async () => {
  for (const address of ['169.254.169.254', '::ffff:169.254.169.254', 'fe80::1', 'fd00:ec2::254']) {
    expect(isForbiddenAddress(address)).toBe(true);
  }
  for (const address of ['10.0.0.1', '127.0.0.1', '192.168.1.1', '::1', 'fd00::1'])
    expect(isForbiddenAddress(address)).toBe(false);
  for (const host of [
    'http://169.254.169.254/latest',
    'http://[fe80::1]/',
    'http://metadata.google.internal/',
    'ftp://127.0.0.1/',
  ]) {
    await expect(guardedGet(host, options)).rejects.toBeInstanceOf(OutgoingFailure);
  }
});
