import { receivedOutcomes } from '@tocsin/schema/domain/event';
import type { Integration } from '@tocsin/schema/domain/source';
import { countLimit } from '@tocsin/schema/graphql/common';
import { DeadLetterConnectionObject, DeliveryObject } from '@tocsin/schema/graphql/delivery';
import { IntegrationObject } from '@tocsin/schema/graphql/integration';
import { Cursor } from '@tocsin/schema/graphql/scalars';
import { countDeadLetters, listDeadLetters } from '@tocsin/schema/postgres/deadLetterList';
import type { Delivery } from '@tocsin/schema/postgres/deliveryList';
import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { ApiContext } from '../context.js';
import { pageSize, totalCount } from './input.js';
import { connection, decodeIdCursor, encodeIdCursor } from './listCursor.js';
import { snippetsOf } from './snippets.js';

const mostDeliveries = 50;

@Resolver(() => IntegrationObject)
export class IntegrationFieldsResolver {
  @FieldResolver()
  snippets(@Root() integration: Integration, @Ctx() { services }: ApiContext): readonly object[] {
    return snippetsOf(integration.source, services.system.ingestUrl());
  }

  @FieldResolver()
  async secrets(@Root() integration: Integration, @Ctx() { loaders }: ApiContext): Promise<readonly object[]> {
    return loaders.secrets.load(integration.id);
  }

  @FieldResolver(() => [DeliveryObject])
  async deliveries(
    @Root() integration: Integration,
    @Arg('first', () => Int, { nullable: true, defaultValue: 20 }) first: number | null,
    @Ctx() { loaders }: ApiContext,
  ): Promise<readonly object[]> {
    const size = pageSize(first, 20, mostDeliveries);
    return (await loaders.deliveries.load({ integrationId: integration.id, first: size })).map(deliveryOf);
  }

  @FieldResolver(() => DeadLetterConnectionObject)
  async deadLetters(
    @Root() integration: Integration,
    @Arg('first', () => Int, { nullable: true, defaultValue: 20 }) first: number | null,
    @Arg('after', () => Cursor, { nullable: true }) after: string | null | undefined,
    @Ctx() { services }: ApiContext,
  ): Promise<object> {
    const list = `deadLetters.${integration.id}`;
    const size = pageSize(first, 20);
    const [rows, counted] = await Promise.all([
      listDeadLetters(services.pool, integration.id, size, decodeIdCursor(list, after)),
      countDeadLetters(services.pool, integration.id, countLimit),
    ]);
    const edges = rows.slice(0, size).map((node) => ({ node, cursor: encodeIdCursor(list, node.id) }));
    return { ...connection(edges, rows.length > size), totalCount: totalCount(counted) };
  }

  @FieldResolver()
  async outcomes(@Root() integration: Integration, @Ctx() { loaders }: ApiContext): Promise<readonly object[]> {
    return loaders.outcomes.load(integration.id);
  }
}

/** Every outcome as a number, and their sum: how many alerts the request carried. */
function deliveryOf({ outcomes, ...delivery }: Delivery): object {
  const counts = receivedOutcomes.map((outcome) => [outcome, outcomes[outcome] ?? 0] as const);
  const alertCount = counts.reduce((sum, [, count]) => sum + count, 0);
  return { ...delivery, ...Object.fromEntries(counts), alertCount, changes: outcomes.changes ?? 0 };
}
