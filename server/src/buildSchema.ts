import { ErrorCodeEnum } from '@tocsin/schema/graphql/enums';
import { GraphQLSchema } from 'graphql';
import { buildSchemaSync, type PubSub } from 'type-graphql';
import { AlertFieldsResolver } from './resolvers/alertFields.js';
import { AlertQueriesResolver } from './resolvers/alertQueries.js';
import { IncidentFieldsResolver } from './resolvers/incidentFields.js';
import { IncidentMutationsResolver } from './resolvers/incidentMutations.js';
import { IncidentQueriesResolver } from './resolvers/incidentQueries.js';
import { IntegrationFieldsResolver } from './resolvers/integrationFields.js';
import { IntegrationMutationsResolver } from './resolvers/integrationMutations.js';
import { KpiQueriesResolver } from './resolvers/kpiQueries.js';
import { AlertEventEdgeResolver, IncidentEventEdgeResolver, SubscriptionsResolver } from './resolvers/subscriptions.js';
import { OverviewFieldsResolver, SystemQueriesResolver } from './resolvers/systemQueries.js';
import { ExplanationFieldsResolver, TimelineFieldsResolver } from './resolvers/timelineFields.js';
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
      AlertQueriesResolver,
      AlertFieldsResolver,
      KpiQueriesResolver,
      TimelineFieldsResolver,
      ExplanationFieldsResolver,
      IntegrationFieldsResolver,
      IncidentMutationsResolver,
      IntegrationMutationsResolver,
      SubscriptionsResolver,
      IncidentEventEdgeResolver,
      AlertEventEdgeResolver,
    ],
    pubSub: noPubSub,
    // Arguments are checked where their limits are known, by `resolvers/input.ts`.
    validate: false,
    globalMiddlewares: [traceResolver],
  });
  const config = schema.toConfig();
  return new GraphQLSchema({ ...config, types: [...config.types, ErrorCodeEnum] });
}
