import { SystemStatusObject } from '@tocsin/schema/graphql/overview';
import { respondState } from '@tocsin/schema/postgres/respondReader';
import { Ctx, FieldResolver, Float, Int, Resolver } from 'type-graphql';
import type { ApiContext } from '../../context.js';

@Resolver(() => SystemStatusObject)
export class RespondStatusResolver {
  @FieldResolver(() => Float, { description: 'Age of the oldest log row that nobody was told of yet.' })
  async respondLagSeconds(@Ctx() { services }: ApiContext): Promise<number> {
    return (await respondState(services.pool)).lagSeconds;
  }

  @FieldResolver(() => Int, { description: 'Events that could not be acted on; nobody tries again.' })
  async failedHandlers(@Ctx() { services }: ApiContext): Promise<number> {
    return (await respondState(services.pool)).failedHandlers;
  }
}
