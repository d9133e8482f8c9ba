import './metadata.js';
import { Field, Float, Int, ObjectType } from 'type-graphql';
import { KpiNumbers, optional, plain } from './common.js';
import { KpiDimensionEnum, KpiMetricEnum, KpiUnitEnum, TimeBucketEnum } from './enums.js';
import { Cursor, DateTime } from './scalars.js';

@ObjectType('KpiDefinition', plain)
export class KpiDefinitionObject {
  @Field(() => KpiMetricEnum)
  readonly metric!: string;
  @Field(() => String)
  readonly name!: string;
  @Field(() => KpiUnitEnum)
  readonly unit!: string;
  @Field(() => String)
  readonly definition!: string;
  @Field(() => String)
  readonly numerator!: string;
  @Field(() => String, optional)
  readonly denominator!: string | null;
  @Field(() => String, { description: 'Which instant of an incident or alert puts it into the period.' })
  readonly datedBy!: string;
  @Field(() => Boolean, { description: 'True when smaller is better.' })
  readonly lowerIsBetter!: boolean;
}

@ObjectType('KpiPrevious', plain)
export class KpiPreviousObject extends KpiNumbers {}

@ObjectType('KpiValue', {
  ...plain,
  description:
    '`n` incidents or alerts stand behind the number. For SECONDS mean, median and p90 are set; for COUNT and RATIO `value`.',
})
export class KpiValueObject extends KpiNumbers {
  @Field(() => KpiMetricEnum)
  readonly metric!: string;
  @Field(() => Int, { description: 'Left out of n on purpose, e.g. never acknowledged.' })
  readonly excluded!: number;
  @Field(() => KpiPreviousObject, { nullable: true, description: 'The same over the equally long period before.' })
  readonly previous!: KpiPreviousObject | null;
}

@ObjectType('KpiPoint', plain)
export class KpiPointObject extends KpiNumbers {
  @Field(() => DateTime)
  readonly bucketStart!: number;
}

@ObjectType('KpiSeries', plain)
export class KpiSeriesObject {
  @Field(() => KpiMetricEnum)
  readonly metric!: string;
  @Field(() => TimeBucketEnum)
  readonly bucket!: string;
  @Field(() => [KpiPointObject])
  readonly points!: readonly KpiPointObject[];
}

@ObjectType('KpiBreakdownRow', plain)
export class KpiBreakdownRowObject extends KpiNumbers {
  @Field(() => String, optional)
  readonly key!: string | null;
}

@ObjectType('KpiBreakdown', plain)
export class KpiBreakdownObject {
  @Field(() => KpiMetricEnum)
  readonly metric!: string;
  @Field(() => KpiDimensionEnum)
  readonly by!: string;
  @Field(() => [KpiBreakdownRowObject])
  readonly rows!: readonly KpiBreakdownRowObject[];
}

@ObjectType('NoiseFunnel', plain)
export class NoiseFunnelObject {
  @Field(() => Int)
  readonly received!: number;
  @Field(() => Int)
  readonly alerts!: number;
  @Field(() => Int)
  readonly incidents!: number;
  @Field(() => Int)
  readonly acknowledged!: number;
  @Field(() => Float, optional)
  readonly dedupRatio!: number | null;
  @Field(() => Float, optional)
  readonly compression!: number | null;
}

@ObjectType('KpiTick', plain)
export class KpiTickObject {
  @Field(() => Cursor)
  readonly cursor!: string;
  @Field(() => [KpiValueObject])
  readonly values!: readonly KpiValueObject[];
  @Field(() => NoiseFunnelObject)
  readonly funnel!: NoiseFunnelObject;
  @Field(() => DateTime)
  readonly computedAt!: number;
}
