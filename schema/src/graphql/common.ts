import './metadata.js';
import { Field, Float, Int, ObjectType } from 'type-graphql';
import type { Labels } from '../domain/alert.js';
import { ActorKindEnum } from './enums.js';
import { Cursor } from './scalars.js';

/** The resolvers of these types are property reads, unless a field resolver of the server says otherwise. */
export const plain = { simpleResolvers: true } as const;
export const optional = { nullable: true } as const;

@ObjectType('PageInfo', plain)
export class PageInfoObject {
  @Field(() => Boolean)
  readonly hasNextPage!: boolean;
  @Field(() => Cursor, optional)
  readonly endCursor!: string | null;
}

/** Counting stops here: the number of rows beyond is not worth reading them all. */
export const countLimit = 10_000;

@ObjectType('TotalCount', {
  ...plain,
  description: '`value` is exact up to 10000; beyond, `isExact` is false and `value` is 10000.',
})
export class TotalCountObject {
  @Field(() => Int)
  readonly value!: number;
  @Field(() => Boolean)
  readonly isExact!: boolean;
}

@ObjectType('Label', plain)
export class LabelObject {
  @Field(() => String)
  readonly name!: string;
  @Field(() => String)
  readonly value!: string;
}

export function labelList(labels: Labels): readonly LabelObject[] {
  return Object.entries(labels).map(([name, value]) => ({ name, value }));
}

@ObjectType('Link', plain)
export class LinkObject {
  @Field(() => String)
  readonly title!: string;
  @Field(() => String)
  readonly url!: string;
}

@ObjectType('Actor', plain)
export class ActorObject {
  @Field(() => ActorKindEnum)
  readonly kind!: string;
  @Field(() => String)
  readonly name!: string;
}

@ObjectType('RuleFailure', { ...plain, description: 'A rule could not be evaluated on an alert.' })
export class RuleFailureObject {
  @Field(() => String)
  readonly ruleId!: string;
  @Field(() => String)
  readonly message!: string;
}

@ObjectType('Explanation', { ...plain, description: 'Why an alert belongs to its incident.' })
export class ExplanationObject {
  @Field(() => String)
  readonly ruleId!: string;
  @Field(() => Int)
  readonly ruleVersion!: number;
  @Field(() => String, { description: 'opened, joined, reopened, split, moved, merged or heldBack' })
  readonly outcome!: string;
  @Field(() => String, { description: 'The correlation key, e.g. env=production service=checkout.' })
  readonly key!: string;
  @Field(() => [LabelObject], { description: 'The fields and values the key was made from.' })
  readonly values!: readonly LabelObject[];
  @Field(() => Int)
  readonly windowSeconds!: number;
  @Field(() => String, { description: 'The whole decision as one English sentence.' })
  readonly sentence!: string;
  @Field(() => [String], { description: "Services from the alert's to the incident's, where topology joined them." })
  readonly path!: readonly string[];
  @Field(() => [RuleFailureObject], { description: 'Rules that failed on the alert, and were skipped.' })
  readonly failures!: readonly RuleFailureObject[];
}

@ObjectType('FacetValue', plain)
export class FacetValueObject {
  @Field(() => String, optional)
  readonly value!: string | null;
  @Field(() => Int)
  readonly count!: number;
}

@ObjectType('Facet', plain)
export class FacetObject {
  @Field(() => String)
  readonly field!: string;
  @Field(() => [FacetValueObject])
  readonly values!: readonly FacetValueObject[];
  @Field(() => Boolean, {
    description: 'False where more rows match than are counted: then these are the counts of the newest 50000.',
  })
  readonly isExact!: boolean;
}

/** The numbers of a KPI: for SECONDS mean, median and p90; for COUNT and RATIO `value`. */
@ObjectType(plain)
export abstract class KpiNumbers {
  @Field(() => Int)
  readonly n!: number;
  @Field(() => Float, optional)
  readonly value!: number | null;
  @Field(() => Float, optional)
  readonly mean!: number | null;
  @Field(() => Float, optional)
  readonly median!: number | null;
  @Field(() => Float, optional)
  readonly p90!: number | null;
}
