import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { guardedGet, guardedPost, OutgoingFailure } from './outgoing.js';
import { isForbidden, refusalOfAddress } from './outgoingAddress.js';

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
    expect(isForbidden(address)).toBe(true);
  }
  for (const address of ['10.0.0.1', '127.0.0.1', '192.168.1.1', '::1', 'fd00::1'])
    expect(isForbidden(address)).toBe(false);
  for (const host of ['http://169.254.169.254/latest', 'http://[fe80::1]/', 'ftp://127.0.0.1/']) {
    await expect(guardedGet(host, options)).rejects.toBeInstanceOf(OutgoingFailure);
  }
});

const post = { headers: {}, body: 'hello', timeoutMs: 2_000, mayReachPrivate: true };

test('a post is answered by whatever status came, a redirect is not followed', async () => {
  expect(await guardedPost(`${url}/`, post)).toEqual({ status: 200, retryAfterMs: null, body: 'nobody' });
  expect(await guardedPost(`${url}/moved`, post)).toMatchObject({ status: 302 });
  expect(await guardedPost(`${url}/broken`, post)).toMatchObject({ status: 500 });
});

test('a post that nobody answers may have arrived', async () => {
  const failure = guardedPost(`${url}/never`, { ...post, timeoutMs: 200 });
  await expect(failure).rejects.toMatchObject({ mayHaveArrived: true, isRefusal: false });
});

test('a post reaches no private address unless that is allowed', async () => {
  for (const address of [
    '127.0.0.1',
    '10.1.2.3',
    '172.31.0.1',
    '192.168.0.1',
    '100.64.0.1',
    '0.0.0.0',
    '::1',
    '::',
    '::ffff:127.0.0.1',
    '::ffff:a00:1',
    '64:ff9b::7f00:1',
    'fd12::1',
    '2002:7f00:1::',
  ]) {
    expect([address, refusalOfAddress(address, false)]).toEqual([address, 'an address of a private network']);
    expect(refusalOfAddress(address, true)).toBeNull();
  }
  for (const address of ['169.254.169.254', '64:ff9b::a9fe:a9fe', 'ff02::1', '224.0.0.1', 'no address']) {
    expect(refusalOfAddress(address, true)).toBe('a link-local or metadata address');
  }
  for (const address of ['93.184.216.34', '2606:4700::1111']) expect(refusalOfAddress(address, false)).toBeNull();
  const hosts = [url, 'http://2130706433/', 'http://0x7f.1/', 'http://localhost:1/', 'http://[::ffff:7f00:1]/'];
  for (const host of hosts) {
    await expect(guardedPost(host, { ...post, mayReachPrivate: false })).rejects.toMatchObject({ isRefusal: true });
  }
});

test('a name that changes its mind is asked once, and one that leads to both kinds is refused', async () => {
  const { port } = new URL(url);
  let asked = 0;
  const changing = await guardedPost(`http://changes.test:${port}/`, post, (_name, _options, done) => {
    asked++;
    done(null, [{ address: asked === 1 ? '127.0.0.1' : '169.254.169.254', family: 4 }]);
  });
  expect([changing.status, asked]).toEqual([200, 1]);
  const both = guardedPost('http://both.test/', { ...post, mayReachPrivate: false }, (_name, _options, done) =>
    done(null, [
      { address: '93.184.216.34', family: 4 },
      { address: '127.0.0.1', family: 4 },
    ]),
  );
  await expect(both).rejects.toThrow(/leads to an address of a private network/);
});
