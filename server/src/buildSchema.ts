import { describeSchema } from '@tocsin/schema/graphql/descriptions/describe';
import { ErrorCodeEnum } from '@tocsin/schema/graphql/enums';
import { GraphQLSchema } from 'graphql';
import { buildSchemaSync, type PubSub } from 'type-graphql';
import { guardSchema } from './auth/guard.js';
import { AlertFieldsResolver } from './resolvers/alertFields.js';
import { AlertQueriesResolver } from './resolvers/alertQueries.js';
import { ChangeEventFieldsResolver, IncidentChangesResolver } from './resolvers/changeFields.js';
import { AlertSuppressionResolver, IncidentOriginResolver } from './resolvers/correlationFields.js';
import { IncidentFieldsResolver } from './resolvers/incidentFields.js';
import { IncidentMutationsResolver } from './resolvers/incidentMutations.js';
import { IncidentQueriesResolver } from './resolvers/incidentQueries.js';
import { IntegrationFieldsResolver } from './resolvers/integrationFields.js';
import { IntegrationMutationsResolver } from './resolvers/integrationMutations.js';
import { KpiQueriesResolver } from './resolvers/kpiQueries.js';
import { AlertVanishResolver, IntegrationStateResolver } from './resolvers/sourceFields.js';
import { MappingResolver } from './resolvers/mapping.js';
import { MaintenanceMutationsResolver } from './resolvers/maintenanceMutations.js';
import { MaintenanceQueriesResolver } from './resolvers/maintenanceQueries.js';
import { ServiceMutationsResolver } from './resolvers/serviceMutations.js';
import { ServiceQueriesResolver } from './resolvers/serviceQueries.js';
import { BacktestDifferenceFieldsResolver, BacktestResolver } from './resolvers/backtest.js';
import { ConfigurationResolver } from './resolvers/configuration.js';
import { RuleMutationsResolver } from './resolvers/ruleMutations.js';
import { RuleFieldsResolver, RuleQueriesResolver } from './resolvers/ruleQueries.js';
import { AlertEventEdgeResolver, IncidentEventEdgeResolver, SubscriptionsResolver } from './resolvers/subscriptions.js';
import { OverviewFieldsResolver, SystemQueriesResolver } from './resolvers/systemQueries.js';
import { ExplanationFieldsResolver, TimelineFieldsResolver } from './resolvers/timelineFields.js';
import { notifyResolvers } from './resolvers/notify/resolvers.js';
import { reviewResolvers } from './resolvers/review/resolvers.js';
import { typesResolvers } from './resolvers/types/resolvers.js';
import { identityResolvers } from './resolvers/identity/resolvers.js';
import { escalationResolvers } from './resolvers/escalation/resolvers.js';
import { teamResolvers } from './resolvers/teams/resolvers.js';
import { workResolvers } from './resolvers/work/resolvers.js';
import { traceResolver } from './resolvers/trace.js';

/** type-graphql asks for one; every subscription of ours brings its own stream from the log. */
const noPubSub: PubSub = {
  publish: () => undefined,
  subscribe: () => {
    throw new Error('Subscriptions read the log, not a pub/sub.');
  },
};

export function buildApiSchema(): GraphQLSchema {
  const schema = buildSchemaSync({
    resolvers: [
      SystemQueriesResolver,
      OverviewFieldsResolver,
      IncidentQueriesResolver,
      IncidentFieldsResolver,
      IncidentOriginResolver,
      AlertSuppressionResolver,
      AlertQueriesResolver,
      AlertFieldsResolver,
      KpiQueriesResolver,
      TimelineFieldsResolver,
      ExplanationFieldsResolver,
      IntegrationFieldsResolver,
      IntegrationStateResolver,
      MappingResolver,
      AlertVanishResolver,
      IncidentChangesResolver,
      ChangeEventFieldsResolver,
      IncidentMutationsResolver,
      IntegrationMutationsResolver,
      ServiceQueriesResolver,
      ServiceMutationsResolver,
      MaintenanceQueriesResolver,
      MaintenanceMutationsResolver,
      BacktestResolver,
      BacktestDifferenceFieldsResolver,
      ConfigurationResolver,
      RuleQueriesResolver,
      RuleFieldsResolver,
      RuleMutationsResolver,
      SubscriptionsResolver,
      IncidentEventEdgeResolver,
      AlertEventEdgeResolver,
      ...identityResolvers,
      ...teamResolvers,
      ...escalationResolvers,
      ...workResolvers,
      ...typesResolvers,
      ...reviewResolvers,
      ...notifyResolvers,
    ],
    pubSub: noPubSub,
    // Arguments are checked where their limits are known, by `resolvers/input.ts`.
    validate: false,
    globalMiddlewares: [traceResolver],
  });
  const config = schema.toConfig();
  return describeSchema(guardSchema(new GraphQLSchema({ ...config, types: [...config.types, ErrorCodeEnum] })));
}
