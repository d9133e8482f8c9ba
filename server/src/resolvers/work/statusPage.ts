import { nameKey } from '@tocsin/schema/domain/service';
import type { ComponentState } from '@tocsin/schema/domain/stakeholderUpdate';
import { ServiceObject } from '@tocsin/schema/graphql/service';
import { StatusComponentObject, StatusPageInput, StatusPageObject } from '@tocsin/schema/graphql/stakeholder';
import type { StoredService } from '@tocsin/schema/postgres/service';
import {
  loadStatusPage,
  saveStatusPage,
  type StatusComponent,
  statusComponents,
  type StatusPage,
} from '@tocsin/schema/postgres/statusPage';
import { countSubscribers } from '@tocsin/schema/postgres/statusSubscriber';
import { Arg, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { ApiContext } from '../../context.js';
import { statusPageDraftOf } from './updateInput.js';

@Resolver(() => StatusPageObject)
export class StatusPageResolver {
  @Query(() => StatusPageObject)
  statusPage(@Ctx() { services: { pool } }: ApiContext): Promise<StatusPage> {
    return loadStatusPage(pool);
  }

  @Mutation(() => StatusPageObject)
  saveStatusPage(
    @Arg('input', () => StatusPageInput) input: StatusPageInput,
    @Arg('expectedVersion', () => Int) expectedVersion: number,
    @Ctx() { services: { pool }, actor }: ApiContext,
  ): Promise<StatusPage> {
    return saveStatusPage(pool, statusPageDraftOf(input), expectedVersion, { actor, now: Date.now() });
  }

  @FieldResolver()
  url(@Ctx() { services }: ApiContext): string {
    return `${services.dashboardUrl()}/status`;
  }

  @FieldResolver(() => [StatusComponentObject])
  components(@Ctx() { services: { pool } }: ApiContext): Promise<readonly StatusComponent[]> {
    return statusComponents(pool);
  }

  @FieldResolver()
  subscriberCount(@Ctx() { services: { pool } }: ApiContext): Promise<number> {
    return countSubscribers(pool);
  }
}

@Resolver(() => StatusComponentObject)
export class StatusComponentResolver {
  @FieldResolver(() => ServiceObject, { nullable: true })
  async service(
    @Root() { serviceKey }: StatusComponent,
    @Ctx() { loaders }: ApiContext,
  ): Promise<StoredService | null> {
    return (await loaders.catalogue()).find(({ name }) => nameKey(name) === serviceKey) ?? null;
  }

  @FieldResolver()
  async serviceName(@Root() component: StatusComponent, @Ctx() context: ApiContext): Promise<string> {
    return (await this.service(component, context))?.name ?? component.serviceKey;
  }

  @FieldResolver()
  async state(@Root() { id }: StatusComponent, @Ctx() { loaders }: ApiContext): Promise<ComponentState> {
    return (await loaders.statusPage()).states.get(id) ?? 'operational';
  }
}
