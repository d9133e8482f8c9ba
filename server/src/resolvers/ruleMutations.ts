import { ruleLimits } from '@tocsin/schema/domain/ruleInput';
import { CorrelationRuleInput, RuleSetObject } from '@tocsin/schema/graphql/rule';
import { saveRuleSet } from '@tocsin/schema/postgres/ruleSet';
import { Arg, Ctx, Int, Mutation, Resolver } from 'type-graphql';
import type { ApiContext } from '../context.js';
import { optionalText } from './input.js';
import { rulesOf } from './ruleInput.js';
import { ruleSetObjectOf } from './ruleQueries.js';

@Resolver()
export class RuleMutationsResolver {
  @Mutation(() => RuleSetObject, {
    description:
      'Saves the rules as the next version; equal rules are no new one. CONFLICT when `expectedVersion` is not the current one; EXPRESSION_INVALID with the `field`, e.g. `rules[2].match`, and the place in it.',
  })
  async saveRuleSet(
    @Arg('rules', () => [CorrelationRuleInput]) rules: CorrelationRuleInput[],
    @Arg('expectedVersion', () => Int) expectedVersion: number,
    @Arg('comment', () => String, { nullable: true }) comment: string | null | undefined,
    @Ctx() { services, actor }: ApiContext,
  ): Promise<object> {
    const saved = await saveRuleSet(services.pool, {
      rules: rulesOf(rules),
      expectedVersion,
      comment: optionalText('comment', comment, ruleLimits.comment),
      actor,
      now: Date.now(),
    });
    return ruleSetObjectOf(saved);
  }
}
