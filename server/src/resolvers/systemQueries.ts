import { encodeCursor, type LogEvent } from '@tocsin/schema/domain/event';
import type { Integration } from '@tocsin/schema/domain/source';
import { clickHouseIsReachable } from '@tocsin/schema/clickhouse/client';
import { IntegrationObject } from '@tocsin/schema/graphql/integration';
import { OverviewObject, SystemStatusObject } from '@tocsin/schema/graphql/overview';
import { Cursor } from '@tocsin/schema/graphql/scalars';
import { TimelineEventObject } from '@tocsin/schema/graphql/timeline';
import { loadIntegrations } from '@tocsin/schema/postgres/integration';
import { horizonLagSeconds, logHead } from '@tocsin/schema/postgres/log';
import { knownServices, overviewCounts, systemState } from '@tocsin/schema/postgres/overview';
import { recentIncidentEvents } from '@tocsin/schema/postgres/timeline';
import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver } from 'type-graphql';
import type { ApiContext } from '../context.js';
import { idOrNull, pageSize } from './input.js';

const mostServices = 1_000;

@Resolver()
export class SystemQueriesResolver {
  @Query(() => SystemStatusObject)
  async system(@Ctx() { services }: ApiContext): Promise<object> {
    const { pool, system } = services;
    const clickhouse = services.clickhouse();
    const [state, horizonLag, relayLag, clickhouseIsReachable] = await Promise.all([
      systemState(pool),
      horizonLagSeconds(pool),
      system.relayLagSeconds(),
      clickhouse === null ? false : clickHouseIsReachable(clickhouse).catch(() => false),
    ]);
    return {
      version: system.version,
      ingestUrl: system.ingestUrl(),
      authRequired: true,
      ...state,
      horizonLagSeconds: horizonLag,
      relayLagSeconds: relayLag,
      clickhouseIsReachable,
    };
  }

  @Query(() => OverviewObject)
  overview(@Ctx() { services }: ApiContext): Promise<object> {
    return overviewCounts(services.pool, Date.now());
  }

  @Query(() => Cursor, {
    description: 'The head of the log: subscribe with `after` this to get everything later than what you read now.',
  })
  async logCursor(@Ctx() { services }: ApiContext): Promise<string> {
    return encodeCursor(await logHead(services.pool));
  }

  @Query(() => [String])
  serviceNames(@Ctx() { services }: ApiContext): Promise<readonly string[]> {
    return knownServices(services.pool, mostServices);
  }

  @Query(() => [IntegrationObject])
  integrations(@Ctx() { services }: ApiContext): Promise<readonly Integration[]> {
    return loadIntegrations(services.pool, null);
  }

  @Query(() => IntegrationObject, { nullable: true })
  async integration(@Arg('id', () => ID) id: string, @Ctx() { loaders }: ApiContext): Promise<Integration | null> {
    const wanted = idOrNull(id);
    return wanted === null ? null : loaders.integration.load(wanted);
  }
}

@Resolver(() => OverviewObject)
export class OverviewFieldsResolver {
  @FieldResolver()
  async silentIntegrations(@Ctx() { services, loaders }: ApiContext): Promise<readonly Integration[]> {
    const now = Date.now();
    const all = await loadIntegrations(services.pool, null);
    const missesHeartbeat = await Promise.all(all.map(({ id }) => loaders.isSilent.load(id)));
    return all.filter(
      ({ lastReceivedAt, staleAfterSeconds }, i) =>
        missesHeartbeat[i] === true || (lastReceivedAt !== null && now - lastReceivedAt > staleAfterSeconds * 1_000),
    );
  }

  @FieldResolver(() => [TimelineEventObject])
  recentEvents(
    @Arg('first', () => Int, { nullable: true, defaultValue: 20 }) first: number | null,
    @Ctx() { services }: ApiContext,
  ): Promise<readonly LogEvent[]> {
    return recentIncidentEvents(services.pool, pageSize(first, 20));
  }
}
