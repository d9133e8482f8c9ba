import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { createMailer } from './mailer.js';

let server: Server | undefined;
const sockets = new Set<Socket>();
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  server?.close();
});

/** A mail server that says what it is told to: by the first word of a command, `data` for the message itself. */
async function listen(answers: Readonly<Record<string, string | null>>, seen: string[] = []): Promise<string> {
  server = createServer((socket) => {
    sockets.add(socket);
    if (answers['greeting'] === null) return;
    socket.write('220 test\r\n');
    let isData = false;
    socket.on('data', (bytes) => {
      for (const line of bytes.toString().split('\r\n').slice(0, -1)) {
        seen.push(line);
        if (isData && line !== '.') continue;
        const word = isData ? 'message' : (line.split(/[ :]/)[0]?.toLowerCase() ?? '');
        isData = word === 'data';
        const usual = { data: '354 go on', ehlo: '250 test', quit: '221 bye' }[word] ?? '250 fine';
        const answer = word in answers ? answers[word] : usual;
        if (answer != null) socket.write(`${answer}\r\n`);
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // a listening TCP server has an address with a port
  return `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const mail = {
  to: 'ada@example.com',
  subject: 'Checkout\r\nBcc: eve@example.com',
  text: 'down',
  html: null,
  messageId: 'n-1',
};
const send = (url: string, timeoutMs = 2_000) =>
  createMailer({ url, from: 'Tocsin <tocsin@example.org>', timeoutMs })?.(mail);

test('without a server there is no mailer', () => {
  expect(createMailer({ url: null, from: 'a@b' })).toBeNull();
});

test('a mail goes to one address, and a subject ends no header', async () => {
  const seen: string[] = [];
  expect(await send(await listen({}, seen))).toEqual({ outcome: 'sent', status: 250 });
  expect(seen).toContain('RCPT TO:<ada@example.com>');
  expect(seen).toContain('Subject: Checkout Bcc: eve@example.com');
  expect(seen).toContain('Message-ID: <n-1@example.org>');
  expect(seen.filter((line) => line.startsWith('RCPT'))).toHaveLength(1);
});

test.each(['a@b, c@d', 'a@b\r\nBcc: c@d', 'Ada <a@b>', 'nobody', 'a@@b'])('%j is no address', async (to) => {
  const mailer = createMailer({ url: 'smtp://127.0.0.1:9', from: 'a@b' });
  expect(await mailer?.({ ...mail, to })).toMatchObject({ outcome: 'failed' });
});

test('a refusal for now is tried again, one for good is not', async () => {
  expect(await send(await listen({ rcpt: '451 try later' }))).toMatchObject({ outcome: 'retry', status: 451 });
  server?.close();
  expect(await send(await listen({ rcpt: '550 no such user' }))).toMatchObject({ outcome: 'failed', status: 550 });
  server?.close();
  expect(await send(await listen({ message: '554 spam' }))).toMatchObject({ outcome: 'failed', status: 554 });
});

test('a server that is silent or away is tried again', async () => {
  const silent = { outcome: 'retry', status: null, error: expect.stringContaining('did not answer') as unknown };
  expect(await send(await listen({ greeting: null }), 300)).toMatchObject(silent);
  server?.close();
  expect(await send(await listen({ message: null }), 300)).toMatchObject(silent);
  expect(await send('smtp://127.0.0.1:9')).toMatchObject({ outcome: 'retry', status: null });
});

test('where TLS is a must, a server without it gets no mail', async () => {
  const seen: string[] = [];
  const url = await listen({ starttls: '502 never heard of it' }, seen);
  expect(await send(`${url}?tls=required`)).not.toMatchObject({ outcome: 'sent' });
  expect(seen.filter((line) => line.startsWith('MAIL'))).toEqual([]);
});
