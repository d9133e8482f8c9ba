import { type ApiServer, startApi } from './apiServer.js';
import { createTestDatabase, type TestDatabase } from './testDatabase.js';

interface Saved {
  readonly id: string;
  readonly version: number;
}

export interface OnCallApi {
  readonly database: TestDatabase;
  readonly server: ApiServer;
  /** Ids of two responders. */
  readonly ada: string;
  readonly bob: string;
  /** The answer called `done`, or the extensions of the error. */
  readonly run: <T = unknown>(query: string, variables?: Readonly<Record<string, unknown>>) => Promise<T>;
  readonly saveTeam: (input: object, expectedVersion?: number) => Promise<Saved>;
  readonly saveSchedule: (input: object, expectedVersion?: number) => Promise<Saved>;
  readonly savePolicy: (input: object, expectedVersion?: number) => Promise<Saved>;
  /** Takes away everything but the people. */
  readonly clear: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** The API over a database with two people, and the mutations that tests of teams and schedules use all the time. */
export async function startOnCallApi(): Promise<OnCallApi> {
  const database = await createTestDatabase();
  const server = await startApi(database);
  const [ada, bob] = [await addPerson(database, 'ada', 'Ada Lovelace'), await addPerson(database, 'bob', 'Bob Kahn')];
  const run: OnCallApi['run'] = async <T>(query: string, variables: Readonly<Record<string, unknown>> = {}) => {
    const { data, errors } = await server.ask(query, variables);
    // each test states the shape that it reads: a wrong one fails its assertion
    return (errors[0]?.extensions ?? data?.['done']) as T;
  };
  const save = (mutation: string, type: string, fields: string) => (input: object, v?: number) =>
    run<Saved>(
      `mutation ($input: ${type}!, $v: Int) { done: ${mutation}(input: $input, expectedVersion: $v) { ${fields} } }`,
      { input, v },
    );
  const saveSchedule = save('saveSchedule', 'ScheduleInput', 'id version');
  const savePolicy = save('saveEscalationPolicy', 'EscalationPolicyInput', 'id version');
  return {
    database,
    server,
    ada,
    bob,
    run,
    saveTeam: save('saveTeam', 'TeamInput', 'id name version members { person { handle } role }'),
    saveSchedule: (input, v) => saveSchedule({ name: 'Checkout', timeZone: 'Europe/Berlin', layers: [], ...input }, v),
    savePolicy: (input, v) =>
      savePolicy({ name: 'Checkout', steps: [{ delaySeconds: 0, targets: [{ personId: ada }] }], ...input }, v),
    clear: async () => {
      await database.pool.query(
        `update team set escalation_policy_id = null; delete from service; delete from escalation_policy;
         delete from schedule; delete from team; update person set is_active = true`,
      );
    },
    stop: async () => {
      await server.stop();
      await database.drop();
    },
  };
}

/** A layer of weeks that begin on Monday at nine. */
export function weekly(memberIds: readonly string[], more: object = {}): object {
  const turns = { startsOn: '2026-01-05', handoffTime: '09:00', turnUnit: 'WEEK', turnLength: 1 };
  return { name: 'Primary', ...turns, memberIds, ...more };
}

async function addPerson({ pool }: TestDatabase, handle: string, name: string): Promise<string> {
  const { rows } = await pool.query<{ id: number }>(
    `insert into person (handle, name, role) values ($1, $2, 'responder')
     on conflict (handle) do update set name = excluded.name returning id`,
    [handle, name],
  );
  return String(rows[0]?.id);
}
