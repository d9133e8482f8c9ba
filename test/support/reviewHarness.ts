import { executeCommand } from '@tocsin/schema/postgres/incidentCommands';
import { withLink } from '@tocsin/schema/postgres/messageLink';
import type { Respond } from '@tocsin/server/respond/respond';
import { type ApiServer, type Ask, startApi } from './apiServer.js';
import { respondOn } from './onCall.js';
import { createTestPerson } from './people.js';
import { createTestDatabase, type TestDatabase } from './testDatabase.js';

export const dayMs = 86_400_000;

const people = ['rita', 'ben', 'mona', 'vera'] as const;
type Handle = (typeof people)[number];

interface Told {
  readonly handle: string;
  readonly title: string;
  readonly url: string;
}

/**
 * The API and what runs beside it, with a clock that both read: rita and ben are responders, mona manages the payments, vera
 * looks on and ada reports; all of them get mail.
 */
export interface ReviewHarness extends Readonly<Record<Handle, Ask>> {
  readonly database: TestDatabase;
  readonly server: ApiServer;
  readonly respond: Respond;
  readonly tokens: Readonly<Record<'rita' | 'vera', string>>;
  readonly setClock: (now: number) => void;
  /** The day that is so many days from the clock's, as yyyy-mm-dd. */
  readonly day: (offset: number) => string;
  /** What was written to whom, of messages whose key is like this. */
  readonly messages: (key: string) => Promise<readonly Told[]>;
  /** rita does this to the incident, one after the other. */
  readonly move: (id: number, ...types: readonly ('acknowledge' | 'resolve' | 'close')[]) => Promise<void>;
  readonly stop: () => Promise<void>;
}

export async function startReviewHarness(): Promise<ReviewHarness> {
  let clock = Date.now();
  const now = () => clock;
  const database = await createTestDatabase();
  const { pool } = database;
  const server = await startApi(database, { now });
  const [rita, ben, mona, vera] = [
    await server.as({ handle: 'rita', role: 'responder' }),
    await server.as({ handle: 'ben', role: 'responder' }),
    await server.as({ handle: 'mona', role: 'manager', teams: { payments: 'manager' } }),
    await server.as({ handle: 'vera', name: 'Vera =1+1', role: 'viewer' }),
  ];
  await createTestPerson(pool, { handle: 'ada', role: 'reporter' });
  await pool.query(
    `insert into contact (person_id, kind, name, address, verified_at)
     select id, 'email', 'Mail', handle || '@example.test', now() from person`,
  );
  const respond = respondOn(database.url, now);
  return {
    database,
    server,
    respond,
    rita,
    ben,
    mona,
    vera,
    tokens: {
      rita: (await createTestPerson(pool, { handle: 'rita' })).token,
      vera: (await createTestPerson(pool, { handle: 'vera' })).token,
    },
    setClock: (to) => void (clock = to),
    day: (offset) => new Date(clock + offset * dayMs).toISOString().slice(0, 10),
    messages: async (key) => {
      const { rows } = await pool.query<{ handle: string; values: Record<string, unknown> }>(
        `select p.handle, n.content->'values' as values
           from notification n join person p on p.id = n.person_id where n.key like $1 order by n.id`,
        [key],
      );
      const told: Told[] = [];
      for (const { handle, values } of rows) {
        const url = (await withLink(pool, values, 'https://tocsin.example.com'))?.['url'];
        told.push({ handle, title: String(values['title']), url: String(url) });
      }
      return told;
    },
    move: async (id, ...types) => {
      for (const type of types) {
        await executeCommand(pool, id, { type }, { kind: 'person', name: 'rita' }, Date.now(), null);
      }
    },
    stop: async () => {
      await respond.stop();
      await server.stop();
      await database.drop();
    },
  };
}
