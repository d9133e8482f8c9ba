import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { callbackify } from 'node:util';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import type { Scope } from './scope.js';

/** What arrived at a receiver: when each incident was first named, by its title, and how many messages there were. */
export interface Arrivals {
  /** Milliseconds of this process. */
  readonly at: Map<string, number>;
  messages: number;
}

export interface Receivers {
  readonly smtpUrl: string;
  readonly webhookUrl: string;
  readonly mails: Arrivals;
  readonly posts: Arrivals;
}

/** A real SMTP server and a real HTTP server that note what arrives. */
export async function startReceivers(scope: Scope): Promise<Receivers> {
  const mails: Arrivals = { at: new Map(), messages: 0 };
  const posts: Arrivals = { at: new Map(), messages: 0 };
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData: (stream, _session, done) => {
      callbackify(async () => {
        const { subject = '', text = '' } = await simpleParser(stream, { skipHtmlToText: true });
        note(mails, `${subject} ${text}`);
      })(done);
    },
  });
  const listening = smtp.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  scope.add(() => new Promise<void>((resolve) => smtp.close(() => resolve())));
  const http = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      note(posts, body);
      response.end();
    });
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  scope.add(() => new Promise<void>((resolve) => http.close(() => resolve())));
  // Both listen on TCP.
  const portOf = (server: { readonly address: () => unknown }): number => (server.address() as AddressInfo).port;
  return {
    smtpUrl: `smtp://127.0.0.1:${portOf(listening)}`,
    webhookUrl: `http://127.0.0.1:${portOf(http)}/hook`,
    mails,
    posts,
  };
}

/** A message that stands for several names them; of more than it lists it says how many. */
function note(arrivals: Arrivals, text: string): void {
  arrivals.messages++;
  for (const [title] of text.matchAll(/(?:warm|idle|busy|storm)-\d+/g)) {
    if (!arrivals.at.has(title)) arrivals.at.set(title, performance.now());
  }
}
