import { AlertObject } from '@tocsin/schema/graphql/alert';
import { BacktestDifferenceObject, BacktestObject } from '@tocsin/schema/graphql/backtest';
import { CorrelationRuleInput } from '@tocsin/schema/graphql/rule';
import { DateTime } from '@tocsin/schema/graphql/scalars';
import { type Backtest, backtestOfId } from '@tocsin/schema/postgres/backtest';
import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { ApiContext } from '../context.js';
import { invalidInput, notFound } from '../errors.js';
import { idOrNull, requiredId } from './input.js';
import { rulesOf } from './ruleInput.js';

const day = 86_400_000;
const usualDays = 7;
const mostDays = 400;

@Resolver()
export class BacktestResolver {
  @Query(() => BacktestObject, { nullable: true, description: 'The last 50 are kept.' })
  async backtest(@Arg('id', () => ID) id: string, @Ctx() { services }: ApiContext): Promise<object | null> {
    const wanted = idOrNull(id);
    const found = wanted === null ? null : await backtestOfId(services.pool, wanted);
    return found === null ? null : backtestObjectOf(found);
  }

  @Mutation(() => BacktestObject, {
    description:
      "Decides stored alerts by today's rules and by these; default: those received in the last 7 days. One at a time: OVERLOADED while another runs.",
  })
  async startBacktest(
    @Arg('rules', () => [CorrelationRuleInput]) rules: CorrelationRuleInput[],
    @Arg('from', () => DateTime, { nullable: true }) from: number | null | undefined,
    @Arg('to', () => DateTime, { nullable: true }) to: number | null | undefined,
    @Ctx() { services, actor }: ApiContext,
  ): Promise<object> {
    const until = to ?? Date.now();
    const since = from ?? until - usualDays * day;
    if (since >= until) throw invalidInput('from', 'from must be before to.');
    if (until - since > mostDays * day) throw invalidInput('from', `A backtest spans at most ${mostDays} days.`);
    const request = { rules: rulesOf(rules), from: since, to: until, startedBy: actor.name };
    return backtestObjectOf(await services.backtests.start(request));
  }

  @Mutation(() => BacktestObject, { description: 'One that has ended stays as it is.' })
  async cancelBacktest(@Arg('id', () => ID) id: string, @Ctx() { services }: ApiContext): Promise<object> {
    const wanted = requiredId('backtest', id);
    await services.backtests.cancel(wanted);
    const found = await backtestOfId(services.pool, wanted);
    if (found === null) throw notFound('backtest', id);
    return backtestObjectOf(found);
  }
}

@Resolver(() => BacktestDifferenceObject)
export class BacktestDifferenceFieldsResolver {
  /** Those that are still stored. */
  @FieldResolver(() => [AlertObject])
  async alerts(
    @Root() difference: { readonly alertIds: readonly number[] },
    @Ctx() { loaders }: ApiContext,
  ): Promise<readonly object[]> {
    const alerts = await loaders.alert.loadMany(difference.alertIds);
    return alerts.flatMap((alert) => {
      if (alert instanceof Error) throw alert;
      return alert ?? [];
    });
  }
}

function backtestObjectOf({ result, ...backtest }: Backtest): object {
  return {
    ...backtest,
    before: result?.before ?? null,
    after: result?.after ?? null,
    differences: result?.differences ?? [],
  };
}
