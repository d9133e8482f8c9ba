import type { Subject, SubjectOf } from '@tocsin/schema/domain/permissionSubject';
import { apiTokenById } from '@tocsin/schema/postgres/apiToken';
import {
  incidentsOfAlerts,
  type IncidentSubject,
  isThingOfIncident,
  othersDecide,
  thingOfIncident,
  thingOfTeam,
  type ThingOfTeam,
} from '@tocsin/schema/postgres/permissionSubject';
import { sessionById } from '@tocsin/schema/postgres/session';
import type { ApiContext } from '../context.js';
import { idOrNull } from '../resolvers/input.js';

export interface Asked {
  /** The row of the table, e.g. `Mutation.pin`. */
  readonly key: string;
  readonly args: Readonly<Record<string, unknown>>;
  /** What the field is of. */
  readonly source: unknown;
  readonly context: ApiContext;
}

/** What is asked about: every one of them must be allowed. Null: it is not there, and the resolver says so. */
export async function subjectsOf(kind: SubjectOf, asked: Asked): Promise<readonly Subject[] | null> {
  const { args, source, context, key } = asked;
  const input = recordOf(args['input']);
  const own = recordOf(source);
  switch (kind) {
    case 'global':
    case 'each':
      return [{ kind: 'global' }];
    case 'self':
      return [personSubject(input['personId'] ?? args['personId'], context)];
    case 'person':
      return [{ kind: 'person', personId: numberOf(own['id']) ?? 0 }];
    case 'session':
    case 'apiToken':
      return ownerOf(kind, numberOf(args['id']), context);
    case 'newTeamThing':
    case 'newIncident':
      return [{ kind: 'team', team: textOf(input['team']) }];
    case 'team':
      return [{ kind: 'team', team: textOf(input['name']) ?? textOf(input['team']) ?? textOf(args['team']) }];
    case 'teamsOfInvitation':
      return invitationSubjects(input);
    case 'incident':
      if (key.startsWith('Notification.')) return notificationSubject(own, context);
      return incidents(
        [args['id'] ?? args['incidentId'] ?? args['number'] ?? input['incidentId'] ?? own['incidentId'] ?? own['id']],
        context,
      );
    case 'incidents':
      return incidents([...listOf(args['ids']), args['into']], context);
    case 'alertsIncident': {
      const ids = listOf(args['alertIds']).flatMap((id) => numberOf(id) ?? []);
      return incidents([...(await incidentsOfAlerts(context.services.pool, ids)), args['into']], context);
    }
    default:
      return isThingOfIncident(kind) ? thingSubject(kind, asked) : teamThingSubjects(kind, asked);
  }
}

/** Who decides about one thing on an incident: the incident, and beside it the thing's authors. */
async function thingSubject(
  kind: Parameters<typeof thingOfIncident>[1],
  { args, source, context, key }: Asked,
): Promise<readonly Subject[] | null> {
  const input = recordOf(args['input']);
  const id = numberOf(args['id'] ?? input['id'] ?? recordOf(source)['id']);
  // Something new is its incident's.
  if (id === null) return incidents([input['incidentId'] ?? args['incidentId']], context);
  const { pool } = context.services;
  const thing = await thingOfIncident(pool, kind, id);
  const incident = thing === null ? null : await context.loaders.incidentSubject.load(thing.incidentId);
  if (thing === null || incident === null) return null;
  const decides = key.endsWith('decideUpdate') || key.endsWith('publishReview');
  const isAlone = decides && !(await othersDecide(pool, thing.incidentId, [context.viewer.handle, ...thing.authors]));
  return [{ ...incident, authors: thing.authors, ...(isAlone && { othersDecide: false }) }];
}

/** What these are not given, they have no more. */
const savedWhole: ReadonlySet<string> = new Set(
  ['Schedule', 'EscalationPolicy', 'NotificationChannel', 'AutomationRule', 'Runbook'].map(
    (thing) => `Mutation.save${thing}`,
  ),
);

/** The team that a thing is of, and the one that it moves to. */
async function teamThingSubjects(
  kind: SubjectOf,
  { key, args, source, context }: Asked,
): Promise<readonly Subject[] | null> {
  const { pool } = context.services;
  const input = recordOf(args['input']);
  // What is saved whole is of no team where none is given: a rule of one team must not become everybody's by leaving it out.
  const isNamed = 'team' in input || savedWhole.has(key);
  const next = isNamed ? [{ kind: 'team', team: textOf(input['team']) } as const] : [];
  if (kind === 'service') {
    const name = textOf(args['name']) ?? textOf(input['name']);
    const stored = name === null ? null : await thingOfTeam(pool, 'serviceByName', name);
    return stored === null ? orNobody(next) : [{ kind: 'team', ...stored }, ...next];
  }
  const named = args['id'] ?? input['id'] ?? args[`${kind}Id`] ?? input[`${kind}Id`] ?? recordOf(source)['id'];
  const id = numberOf(named);
  if (id === null) return orNobody(next);
  const table: ThingOfTeam = key === 'Mutation.deleteOverride' ? 'override' : thingKind(kind);
  const stored = await thingOfTeam(pool, table, id);
  return stored === null ? null : [{ kind: 'team', ...stored }, ...next];
}

function thingKind(kind: SubjectOf): ThingOfTeam {
  switch (kind) {
    case 'integration':
    case 'schedule':
    case 'policy':
    case 'channel':
    case 'runbook':
    case 'automationRule':
      return kind;
    default:
      throw new Error(`nobody says how the team of a ${kind} is found`);
  }
}

function orNobody(next: readonly Subject[]): readonly Subject[] {
  return next.length > 0 ? next : [{ kind: 'team', team: null }];
}

async function incidents(given: readonly unknown[], { loaders }: ApiContext): Promise<readonly Subject[] | null> {
  const ids = given.flatMap((id) => numberOf(id) ?? []);
  // Nothing is named: only who may everywhere may.
  if (ids.length === 0) return [{ kind: 'global' }];
  const found = await Promise.all(ids.map((id) => loaders.incidentSubject.load(id)));
  const there = found.filter((each): each is IncidentSubject => each !== null);
  return there.length === 0 ? null : there;
}

/** One's own message is about oneself, whatever it told; any other is its incident's, and its id is no incident's. */
async function notificationSubject(
  own: Readonly<Record<string, unknown>>,
  context: ApiContext,
): Promise<readonly Subject[] | null> {
  const personId = numberOf(own['personId']);
  if (personId === context.viewer.personId) return [personSubject(personId, context)];
  return incidents([own['incidentId']], context);
}

async function ownerOf(
  kind: 'session' | 'apiToken',
  id: number | null,
  { services: { pool } }: ApiContext,
): Promise<readonly Subject[] | null> {
  if (id === null) return null;
  const row = kind === 'session' ? await sessionById(pool, id) : await apiTokenById(pool, id);
  return row === null ? null : [{ kind: 'person', personId: row.personId }];
}

function invitationSubjects(input: Readonly<Record<string, unknown>>): readonly Subject[] {
  const teams = listOf(input['teams']).map((each) => textOf(recordOf(each)['team']));
  // A role that holds everywhere is nobody's team's business.
  if (teams.length === 0 || input['role'] !== 'viewer') return [{ kind: 'global' }];
  return teams.map((team) => ({ kind: 'team', team }));
}

function personSubject(id: unknown, { viewer }: ApiContext): Subject {
  return { kind: 'person', personId: id == null ? viewer.personId : (numberOf(id) ?? 0) };
}

function numberOf(value: unknown): number | null {
  if (typeof value === 'number') return value;
  return typeof value === 'string' ? idOrNull(value) : null;
}

function textOf(value: unknown): string | null {
  // What Postgres would refuse to look for names nothing; the resolver says what is wrong with it.
  return typeof value === 'string' && value.trim() !== '' && !value.includes('\u0000') ? value : null;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- every object can be read by key
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
