import type { Actor } from '@tocsin/schema/domain/event';
import { ActorObject } from '@tocsin/schema/graphql/common';
import { PersonObject } from '@tocsin/schema/graphql/person';
import type { Person } from '@tocsin/schema/postgres/person';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { ApiContext } from '../../context.js';

/** The log names people by their handle; on screen they have a name. */
@Resolver(() => ActorObject)
export class ActorResolver {
  @FieldResolver()
  async name(@Root() actor: Actor, @Ctx() context: ApiContext): Promise<string> {
    return (await personOf(actor, context))?.name ?? actor.name;
  }

  @FieldResolver(() => PersonObject, {
    nullable: true,
    description: 'Null for the system, senders, and names from before there were accounts.',
  })
  person(@Root() actor: Actor, @Ctx() context: ApiContext): Promise<Person | null> {
    return personOf(actor, context);
  }
}

async function personOf(actor: Actor, { loaders }: ApiContext): Promise<Person | null> {
  return actor.kind === 'person' ? loaders.personByHandle.load(actor.name) : null;
}
