import { onCallAt, type Schedule } from '../domain/onCall.js';
import type { EscalationTarget } from '../domain/policyInput.js';
import { isAtLeast, roles } from '../domain/role.js';
import { groupedBy } from './groupedBy.js';
import type { Queryable } from './pool.js';
import { isReachable } from './recipient.js';
import { schedulesWithin } from './schedule.js';

interface CalledPerson {
  readonly personId: number;
  readonly handle: string;
  /** E.g. `on call for Payments primary`. */
  readonly because: string;
}

/** Who a step comes to. */
export interface Called {
  readonly people: readonly CalledPerson[];
  readonly channels: readonly { readonly id: number; readonly name: string }[];
  /** Whom nothing reaches, by id; they are among `people`. */
  readonly unreachable: ReadonlySet<number>;
  /** What of the targets is nobody, as sentences. */
  readonly missing: readonly string[];
}

interface TargetsAsked {
  /** As the domain's `targetsOf` gives them: the first that reaches anybody counts. */
  readonly alternatives: readonly (readonly EscalationTarget[])[];
  /** When they are on call, epoch milliseconds. */
  readonly at: number;
}

/** Who the targets are at their instants; a fixed number of statements for any number of them. In the order asked. */
export async function calledBy(db: Queryable, asked: readonly TargetsAsked[]): Promise<readonly Called[]> {
  const known = await knownOf(db, asked);
  const found = asked.map(({ alternatives, at }) => alternatives.map((targets) => resolve(known, targets, at)));
  const reachable = await isReachable(db, [
    ...new Set(found.flat().flatMap(({ people }) => people.map(({ personId }) => personId))),
  ]);
  return found.map((alternatives) => {
    const judged = alternatives.map((called) => ({
      ...called,
      unreachable: new Set(called.people.flatMap(({ personId }) => (reachable.has(personId) ? [] : [personId]))),
    }));
    const reaching = judged.find(isHeard) ?? judged.find(({ people }) => people.length > 0);
    const missing = judged.flatMap((each) => each.missing);
    return { ...(reaching ?? { people: [], channels: [], unreachable: new Set<number>() }), missing };
  });
}

/** Whether anybody or any channel hears of it. */
export function isHeard({ people, channels, unreachable }: Omit<Called, 'missing'>): boolean {
  return channels.length > 0 || people.some(({ personId }) => !unreachable.has(personId));
}

interface Member {
  readonly id: number;
  readonly handle: string;
}

interface Known {
  readonly people: ReadonlyMap<number, Member & { readonly isActive: boolean }>;
  readonly schedules: ReadonlyMap<number, Schedule>;
  /** Who is on call on a schedule at an instant; null: nobody. */
  readonly onCall: (scheduleId: number, at: number) => number | null;
  readonly teams: ReadonlyMap<number, { readonly name: string; readonly members: readonly Member[] }>;
  readonly channels: ReadonlyMap<number, { readonly name: string; readonly isEnabled: boolean }>;
}

async function knownOf(db: Queryable, asked: readonly TargetsAsked[]): Promise<Known> {
  const targets = asked.flatMap(({ alternatives }) => alternatives.flat());
  const idsOf = (kind: EscalationTarget['kind']): number[] => [
    ...new Set(targets.flatMap((target) => (target.kind === kind ? [target.id] : []))),
  ];
  const instants = asked.map(({ at }) => at);
  const from = instants.reduce((least, at) => Math.min(least, at), Infinity);
  const until = instants.reduce((most, at) => Math.max(most, at), -Infinity);
  const schedules = await schedulesWithin(db, idsOf('schedule'), from, until + 1);
  const onCall = remembering(schedules);
  const onDuty = asked.flatMap(({ alternatives, at }) =>
    alternatives.flat().flatMap(({ kind, id }) => (kind === 'schedule' ? (onCall(id, at) ?? []) : [])),
  );
  return {
    schedules,
    onCall,
    people: await peopleOf(db, [...new Set([...idsOf('person'), ...onDuty])]),
    teams: await teamsOf(db, idsOf('team')),
    channels: await channelsOf(db, idsOf('channel')),
  };
}

/** Thousands of steps fall due in the same instant on a handful of schedules. */
function remembering(schedules: ReadonlyMap<number, Schedule>): Known['onCall'] {
  const answers = new Map<string, number | null>();
  return (id, at) => {
    const schedule = schedules.get(id);
    if (schedule === undefined) return null;
    const key = `${id} ${at}`;
    const known = answers.get(key);
    const answer = known === undefined ? onCallAt(schedule, at) : known;
    answers.set(key, answer);
    return answer;
  };
}

function resolve(known: Known, targets: readonly EscalationTarget[], at: number): Omit<Called, 'unreachable'> {
  const people = new Map<number, CalledPerson>();
  const channels: { id: number; name: string }[] = [];
  const missing: string[] = [];
  const call = ({ id: personId, handle }: Member, because: string): void => {
    if (!people.has(personId)) people.set(personId, { personId, handle, because });
  };
  for (const { kind, id } of targets) {
    if (kind === 'channel') {
      const channel = known.channels.get(id);
      if (channel?.isEnabled === true) channels.push({ id, name: channel.name });
      else missing.push(`${channel?.name ?? 'a channel'} is switched off`);
    } else if (kind === 'team') {
      const team = known.teams.get(id);
      for (const member of team?.members ?? []) call(member, `everybody of ${team?.name ?? 'the team'}`);
      if ((team?.members.length ?? 0) === 0) missing.push(`nobody of ${team?.name ?? 'a team'} is a responder`);
    } else if (kind === 'schedule') {
      const schedule = known.schedules.get(id);
      const person = known.people.get(known.onCall(id, at) ?? 0);
      if (person !== undefined) call(person, `on call for ${schedule?.name ?? 'a schedule'}`);
      else missing.push(`nobody is on call for ${schedule?.name ?? 'a schedule'}`);
    } else {
      const person = known.people.get(id);
      if (person?.isActive === true) call(person, 'named by the policy');
      else missing.push(`${person?.handle ?? 'a person'} is switched off`);
    }
  }
  return { people: [...people.values()], channels, missing };
}

async function peopleOf(db: Queryable, ids: readonly number[]): Promise<Known['people']> {
  if (ids.length === 0) return new Map();
  const { rows } = await db.query<Member & { is_active: boolean }>({
    name: 'called_people',
    text: 'select id, handle, is_active from person where id = any($1::bigint[])',
    values: [ids],
  });
  return new Map(rows.map(({ id, handle, is_active: isActive }) => [id, { id, handle, isActive }]));
}

const answering = roles.filter((role) => isAtLeast(role, 'responder'));

async function teamsOf(db: Queryable, ids: readonly number[]): Promise<Known['teams']> {
  if (ids.length === 0) return new Map();
  const { rows } = await db.query<{ team_id: number; name: string; id: number | null; handle: string }>({
    name: 'called_teams',
    text: `select t.id as team_id, t.name, p.id, p.handle
             from team t left join team_member m on m.team_id = t.id
             left join person p on p.id = m.person_id and p.is_active and (p.role = any($2::text[]) or m.role = any($2::text[]))
            where t.id = any($1::bigint[]) order by t.id, p.id`,
    values: [ids, answering],
  });
  return new Map(
    [...groupedBy(rows, (row) => row.team_id)].map(([id, members]) => [
      id,
      {
        name: members[0]?.name ?? '',
        members: members.flatMap((row) => (row.id === null ? [] : [{ id: row.id, handle: row.handle }])),
      },
    ]),
  );
}

async function channelsOf(db: Queryable, ids: readonly number[]): Promise<Known['channels']> {
  if (ids.length === 0) return new Map();
  const { rows } = await db.query<{ id: number; name: string; is_enabled: boolean }>({
    name: 'called_channels',
    text: 'select id, name, is_enabled from notification_channel where id = any($1::bigint[])',
    values: [ids],
  });
  return new Map(rows.map(({ id, name, is_enabled: isEnabled }) => [id, { name, isEnabled }]));
}
