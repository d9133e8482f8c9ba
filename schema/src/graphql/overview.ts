import './metadata.js';
import { Field, Float, Int, ObjectType } from 'type-graphql';
import { FacetValueObject, plain } from './common.js';
import { IntegrationObject } from './integration.js';
import { TimelineEventObject } from './timeline.js';

@ObjectType('Overview', { ...plain, description: 'What is burning now, in one query.' })
export class OverviewObject {
  @Field(() => Int)
  readonly openIncidents!: number;
  @Field(() => Int)
  readonly unacknowledgedIncidents!: number;
  @Field(() => Int)
  readonly firingAlerts!: number;
  @Field(() => [FacetValueObject])
  readonly bySeverity!: readonly FacetValueObject[];
  @Field(() => Int, { description: 'Changes of the last hour.' })
  readonly openedLastHour!: number;
  @Field(() => Int)
  readonly resolvedLastHour!: number;
  @Field(() => Int)
  readonly receivedLastHour!: number;
  @Field(() => [IntegrationObject], {
    description:
      'Integrations that miss their heartbeat, or were heard before and have been silent longer than their stale time.',
  })
  readonly silentIntegrations!: readonly IntegrationObject[];
  @Field(() => [TimelineEventObject], { description: "Newest first: the log's incident rows." })
  readonly recentEvents!: readonly TimelineEventObject[];
}

@ObjectType('SystemStatus', plain)
export class SystemStatusObject {
  @Field(() => String)
  readonly version!: string;
  @Field(() => Boolean, { description: 'True until the first alert or incident exists.' })
  readonly isEmpty!: boolean;
  @Field(() => Boolean, { description: 'Whether a demo is playing.' })
  readonly demoIsRunning!: boolean;
  @Field(() => String, { description: 'Where webhooks are received, e.g. http://127.0.0.1:4000.' })
  readonly ingestUrl!: string;
  @Field(() => Boolean)
  readonly authRequired!: boolean;
  @Field(() => Float, { description: "Age of the oldest open write transaction that holds the log's readers back." })
  readonly horizonLagSeconds!: number;
  @Field(() => Float, { description: 'Age of the oldest log row ClickHouse does not have yet.' })
  readonly relayLagSeconds!: number;
  @Field(() => Boolean)
  readonly clickhouseIsReachable!: boolean;
}
