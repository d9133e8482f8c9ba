import { encodeCursor, type LogEvent } from '@tocsin/schema/domain/event';
import { summarise } from '@tocsin/schema/domain/summary';
import {
  AuditEventConnectionObject,
  AuditEventObject,
  AuditFilterInput,
  AuditHeadObject,
} from '@tocsin/schema/graphql/audit';
import { PersonObject } from '@tocsin/schema/graphql/person';
import { Cursor } from '@tocsin/schema/graphql/scalars';
import { type AuditFilter, readAudit } from '@tocsin/schema/postgres/auditRead';
import { lastSeal, unsealedCount } from '@tocsin/schema/postgres/auditSeal';
import type { Person } from '@tocsin/schema/postgres/person';
import { Arg, Ctx, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import type { ApiContext } from '../../context.js';
import { optionalText, pageSize, textList } from '../input.js';
import { logCursorOf } from '../logCursor.js';

@Resolver(() => AuditEventObject)
export class AuditResolver {
  @Query(() => AuditEventConnectionObject)
  async auditEvents(
    @Arg('filter', () => AuditFilterInput, { nullable: true }) filter: AuditFilterInput | null | undefined,
    @Arg('first', () => Int, { nullable: true, defaultValue: 50 }) first: number | null,
    @Arg('after', () => Cursor, { nullable: true }) after: string | null | undefined,
    @Ctx() { services: { pool } }: ApiContext,
  ): Promise<object> {
    const size = pageSize(first, 50);
    const before = after == null ? null : logCursorOf(after);
    const events = await readAudit(pool, auditFilterOf(filter), before, size + 1);
    const edges = events.slice(0, size).map((node) => ({ cursor: encodeCursor(node.cursor), node }));
    const pageInfo = { hasNextPage: events.length > size, endCursor: edges.at(-1)?.cursor ?? null };
    return { nodes: edges.map(({ node }) => node), edges, pageInfo };
  }

  @Query(() => AuditHeadObject, { nullable: true })
  async auditHead(@Ctx() { services: { pool } }: ApiContext): Promise<object | null> {
    const seal = await lastSeal(pool);
    return seal === null ? null : { ...seal, unsealedEvents: await unsealedCount(pool) };
  }

  @FieldResolver()
  id(@Root() { cursor }: LogEvent): string {
    return encodeCursor(cursor);
  }

  @FieldResolver(() => PersonObject, { nullable: true })
  async person(@Root() { actor }: LogEvent, @Ctx() { loaders }: ApiContext): Promise<Person | null> {
    return actor.kind === 'person' ? loaders.personByHandle.load(actor.name) : null;
  }

  @FieldResolver()
  address(@Root() { actor }: LogEvent): string | null {
    return actor.kind === 'person' ? (actor.address ?? null) : null;
  }

  @FieldResolver()
  tokenId(@Root() { actor }: LogEvent): number | null {
    return actor.kind === 'person' ? (actor.tokenId ?? null) : null;
  }

  @FieldResolver()
  summary(@Root() event: LogEvent): string {
    return summarise(event, { alert: null });
  }

  @FieldResolver()
  topic(@Root() event: LogEvent): string | null {
    return event.kind === 'configuration.changed' ? event.data.topic : null;
  }

  @FieldResolver()
  before(@Root() event: LogEvent): string | null {
    return textOf(statesOf(event)[0]);
  }

  @FieldResolver()
  after(@Root() event: LogEvent): string | null {
    return textOf(statesOf(event)[1]);
  }
}

/** What was, and what is since the event; undefined where it changed nothing that stays. */
function statesOf(event: LogEvent): readonly [before: unknown, after: unknown] {
  switch (event.kind) {
    case 'configuration.changed':
    case 'configuration.servicesChanged':
      return [event.data.before, event.data.after];
    case 'configuration.rulesSaved':
      // The versions themselves are kept for ever.
      return [{ version: event.data.before }, { version: event.data.after }];
    case 'maintenance.created':
      return [null, event.data.definition];
    case 'maintenance.changed':
      return [event.data.from, event.data.to];
    default:
      return [null, null];
  }
}

export function auditFilterOf(filter: AuditFilterInput | null | undefined): AuditFilter {
  const list = (field: string, values: readonly string[] | null | undefined) =>
    values == null ? null : textList(field, values, 100, 200);
  return {
    topics: list('topics', filter?.topics),
    kinds: list('kinds', filter?.kinds),
    actors: list('actors', filter?.actors),
    from: filter?.from ?? null,
    to: filter?.to ?? null,
    text: optionalText('text', filter?.text, 200),
  };
}

function textOf(value: unknown): string | null {
  return value == null ? null : JSON.stringify(value);
}
