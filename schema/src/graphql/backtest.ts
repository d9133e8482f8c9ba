import './metadata.js';
import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { AlertObject } from './alert.js';
import { optional, plain } from './common.js';
import { BacktestDifferenceKindEnum, BacktestStateEnum } from './enums.js';
import { DateTime } from './scalars.js';

@ObjectType('BacktestSummary', { ...plain, description: 'What one rule set makes of the alerts.' })
export class BacktestSummaryObject {
  @Field(() => Int)
  readonly alerts!: number;
  @Field(() => Int)
  readonly incidents!: number;
  @Field(() => Float)
  readonly alertsPerIncident!: number;
  @Field(() => Int)
  readonly largestIncidentAlerts!: number;
  @Field(() => Int, { description: 'Alerts in no incident: below a threshold, or ended before the hold.' })
  readonly heldBack!: number;
}

@ObjectType('BacktestDifference', plain)
export class BacktestDifferenceObject {
  @Field(() => BacktestDifferenceKindEnum)
  readonly kind!: string;
  @Field(() => String)
  readonly sentence!: string;
  @Field(() => Int)
  readonly alertCount!: number;
  @Field(() => Int)
  readonly incidentsBefore!: number;
  @Field(() => Int)
  readonly incidentsAfter!: number;
  @Field(() => [AlertObject], { description: 'At most 5 of them.' })
  readonly alerts!: readonly AlertObject[];
}

@ObjectType('Backtest', { ...plain, description: "Stored alerts decided again, by today's rules and by a draft." })
export class BacktestObject {
  @Field(() => ID)
  readonly id!: number;
  @Field(() => BacktestStateEnum)
  readonly state!: string;
  @Field(() => Float, { description: '0 to 1' })
  readonly progress!: number;
  @Field(() => Int, { description: 'Alerts that were read so far.' })
  readonly alertCount!: number;
  @Field(() => BacktestSummaryObject, optional)
  readonly before!: BacktestSummaryObject | null;
  @Field(() => BacktestSummaryObject, optional)
  readonly after!: BacktestSummaryObject | null;
  @Field(() => [BacktestDifferenceObject], { description: 'Largest first, at most 100.' })
  readonly differences!: readonly BacktestDifferenceObject[];
  @Field(() => String, optional)
  readonly error!: string | null;
  @Field(() => DateTime)
  readonly startedAt!: number;
  @Field(() => DateTime, optional)
  readonly finishedAt!: number | null;
  @Field(() => DateTime)
  readonly from!: number;
  @Field(() => DateTime)
  readonly to!: number;
}
