import type { VanishReason } from '@tocsin/schema/domain/alert';
import type { Integration } from '@tocsin/schema/domain/source';
import { AlertObject } from '@tocsin/schema/graphql/alert';
import { VanishReasonEnum } from '@tocsin/schema/graphql/enums';
import { IntegrationObject } from '@tocsin/schema/graphql/integration';
import type { StoredAlert } from '@tocsin/schema/postgres/alertRow';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { ApiContext } from '../context.js';

@Resolver(() => IntegrationObject)
export class IntegrationStateResolver {
  @FieldResolver()
  isSilent(@Root() integration: Integration, @Ctx() { loaders }: ApiContext): Promise<boolean> {
    return loaders.isSilent.load(integration.id);
  }

  @FieldResolver()
  reconcileError(@Root() integration: Integration, @Ctx() { loaders }: ApiContext): Promise<string | null> {
    return loaders.reconcileError.load(integration.id);
  }
}

@Resolver(() => AlertObject)
export class AlertVanishResolver {
  @FieldResolver(() => VanishReasonEnum, {
    nullable: true,
    description: "Why its sender's own list no longer shows it as firing; it is not over by that.",
  })
  vanishReason(@Root() alert: StoredAlert, @Ctx() { loaders }: ApiContext): Promise<VanishReason | null> {
    return loaders.vanishReason.load(alert.id);
  }
}
