import { fileURLToPath } from 'node:url';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { expect, it } from 'vitest';
import { addIncident } from '../support/fixtures.js';
import { addPeople, addPolicy, pagesSince } from '../support/onCall.js';
import { startProcess, type StartedProcess } from '../support/process.js';
import { createTestDatabase } from '../support/testDatabase.js';

/** What `main` and `standalone` start for people, alone in a process. */
const program = `
  import { createRespond } from '@tocsin/server/respond/respond';
  import { pino } from 'pino';
  const { databaseUrl, smtpUrl } = process.env;
  const logger = pino({ level: 'silent' });
  const dashboardUrl = () => 'https://tocsin.example.com';
  await createRespond({ databaseUrl, smtpUrl, mailFrom: 'tocsin@example.com', sealer: null, dashboardUrl, logger }).start();
  console.log('started');
`;
const cwd = fileURLToPath(new URL('..', import.meta.url));
const kills = 12;

it(
  'kill -9 of two processes loses no page, and says of a repetition that it may be one',
  { timeout: 240_000 },
  async () => {
    const database = await createTestDatabase();
    const { pool } = database;
    const mails: { readonly title: string; readonly isMarked: boolean }[] = [];
    let processes: readonly StartedProcess[] = [];
    let onConnect: (() => Promise<void>) | null = null;
    let onMail: (() => Promise<void>) | null = null;
    let claimedAndUnsent = 0;
    const smtp = new SMTPServer({
      authOptional: true,
      disabledCommands: ['AUTH', 'STARTTLS'],
      // Whoever sends has claimed the message, and nothing of it went out.
      onConnect: (_session, answer) => {
        Promise.resolve(onConnect?.()).then(() => answer(), answer);
      },
      onData: (stream, _session, answer) => {
        simpleParser(stream)
          .then(async ({ subject = '', text = '' }) => {
            mails.push({ title: /n\d+/.exec(subject)?.[0] ?? subject, isMarked: text.includes('may be a repetition') });
            // The mail arrived; whoever sent it never learns of it.
            await onMail?.();
            answer();
          })
          // Who sent it was killed before it was all there.
          .catch(() => answer(new Error('Cut off.')));
      },
    });
    // A client that was killed in the middle.
    smtp.on('error', () => undefined);
    await new Promise<void>((resolve) => void smtp.listen(0, '127.0.0.1', resolve));
    const address = smtp.server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const env = { databaseUrl: database.url, smtpUrl: `smtp://127.0.0.1:${port}` };
    const startTwo = async (): Promise<void> => {
      const args = ['--input-type=module', '--eval', program];
      processes = [0, 1].map(() => startProcess(process.execPath, args, { env, cwd }));
      await Promise.all(processes.map((each) => each.waitFor(/started/)));
    };
    const killAll = async (): Promise<void> => {
      await Promise.all(processes.map((each) => each.end('SIGKILL')));
      // Nobody lives who holds a lease: as if it had run out.
      await pool.query(`update timer set lease_until = now() - interval '1 second' where lease_until is not null`);
    };
    try {
      let opened = 0;
      for (let kill = 0; kill < kills; kill++) {
        // Two of their own each time: many messages to one place would be bundled.
        const people = await addPeople(pool, `ann${kill}`, `ben${kill}`);
        const team = `team ${kill}`;
        await addPolicy(pool, team, {
          steps: [{ targets: [...people.values()].map((id) => ({ kind: 'person', id })) }],
        });
        await startTwo();
        let isArmed = true;
        const killed = new Promise<void>((resolve) => {
          const killOnce = async (): Promise<void> => {
            if (!isArmed) return;
            isArmed = false;
            await killAll();
            resolve();
          };
          // After the mail arrived, between the claim and the mail, and somewhere on the way from the log to the mail.
          const where = (['mail', 'connect', 'anywhere'] as const)[kill % 3];
          onMail = where === 'mail' ? killOnce : null;
          onConnect = where === 'connect' ? killOnce : null;
          if (where === 'anywhere') setTimeout(() => void killOnce(), kill * 15);
        });
        for (let n = 0; n < 4; n++) await addIncident(pool, { title: `n${opened++}`, team, services: [] });
        await killed;
        if (kill % 3 !== 1) continue;
        const claimed = await pool.query(
          `select 1 from notification_attempt a join notification n on n.id = a.notification_id
            where a.finished_at is null and n.state = 'sending'`,
        );
        claimedAndUnsent += claimed.rowCount ?? 0;
      }
      onMail = null;
      onConnect = null;
      await startTwo();
      const expected = Array.from({ length: opened }, (_, n) => [`n${n}`, `n${n}`])
        .flat()
        .toSorted();
      const outbox = async () =>
        (
          await pool.query<{ state: string; n: number }>(
            'select state, count(*)::int as n from notification group by state order by state',
          )
        ).rows;
      await expect.poll(outbox, { timeout: 60_000 }).toEqual([{ state: 'sent', n: expected.length }]);
      expect(claimedAndUnsent).toBeGreaterThan(0);
      // Every page is one row, however often somebody died over it.
      expect(await pagesSince(pool, 0)).toHaveLength(expected.length);
      const received = new Map<string, number>();
      for (const { title } of mails) received.set(title, (received.get(title) ?? 0) + 1);
      for (let n = 0; n < opened; n++) expect(received.get(`n${n}`) ?? 0).toBeGreaterThanOrEqual(2);
      // More mails than pages were repetitions, and say so.
      const surplus = mails.length - expected.length;
      expect(surplus).toBeGreaterThan(0);
      expect(mails.filter(({ isMarked }) => isMarked).length).toBeGreaterThanOrEqual(surplus);
    } finally {
      await Promise.all(processes.map((each) => each.end('SIGKILL')));
      await new Promise<void>((resolve) => smtp.close(() => resolve()));
      await database.drop();
    }
  },
);
