import { chooseRule } from '@tocsin/schema/domain/correlateRules';
import { factsOf } from '@tocsin/schema/domain/correlateFacts';
import { subjectOf } from '@tocsin/schema/domain/correlateSubject';
import { builtInRule } from '@tocsin/schema/domain/correlateWindows';
import { type AlertFacts, type CompiledRule, RuleFailed } from '@tocsin/schema/domain/correlation';
import { compileCondition } from '@tocsin/schema/domain/expression';
import { compileRules } from '@tocsin/schema/domain/ruleCompile';
import { ruleChanges } from '@tocsin/schema/domain/ruleDiff';
import { parseRules } from '@tocsin/schema/domain/ruleInput';
import { proposalsFor } from '@tocsin/schema/domain/ruleProposal';
import { Topology } from '@tocsin/schema/domain/topology';
import { labelList } from '@tocsin/schema/graphql/common';
import { ConfigurationChangeObject, ExpressionCheckObject } from '@tocsin/schema/graphql/configuration';
import {
  CorrelationRuleInput,
  CorrelationRuleObject,
  RulePreviewObject,
  RuleProposalObject,
  RuleSetObject,
  RuleSetVersionObject,
} from '@tocsin/schema/graphql/rule';
import {
  currentRuleSet,
  listRuleSetVersions,
  ruleSetOfVersion,
  type StoredRuleSet,
} from '@tocsin/schema/postgres/ruleSet';
import { noisiestAlerts, ruleMatchCounts } from '@tocsin/schema/postgres/ruleStatistics';
import { loadServices } from '@tocsin/schema/postgres/service';
import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import type { ApiContext } from '../context.js';
import { notFound } from '../errors.js';
import { pageSize, requiredId } from './input.js';
import { ruleInputOf, ruleObjectOf } from './ruleInput.js';

const day = 86_400_000;
const proposalDays = 7;
const noisyAlerts = 40;

@Resolver()
export class RuleQueriesResolver {
  @Query(() => RuleSetObject, { description: 'The current rules, or those of one version.' })
  async ruleSet(
    @Arg('version', () => Int, { nullable: true }) version: number | null | undefined,
    @Ctx() { services }: ApiContext,
  ): Promise<object> {
    return ruleSetObjectOf(
      version == null ? await currentRuleSet(services.pool) : await requiredVersion(services, version),
    );
  }

  @Query(() => [RuleSetVersionObject], { description: 'Newest first.' })
  async ruleSetVersions(
    @Arg('first', () => Int, { nullable: true, defaultValue: 50 }) first: number | null,
    @Ctx() { services }: ApiContext,
  ): Promise<readonly object[]> {
    return listRuleSetVersions(services.pool, pageSize(first, 50));
  }

  @Query(() => [ConfigurationChangeObject])
  async ruleSetDiff(
    @Arg('from', () => Int) from: number,
    @Arg('to', () => Int) to: number,
    @Ctx() { services }: ApiContext,
  ): Promise<readonly object[]> {
    const [before, after] = await Promise.all([requiredVersion(services, from), requiredVersion(services, to)]);
    return ruleChanges(before.rules, after.rules);
  }

  @Query(() => ExpressionCheckObject, { description: 'Whether it compiles and is true or false of an alert.' })
  checkExpression(@Arg('expression', () => String) expression: string): object {
    const compiled = compileCondition(expression);
    if (compiled.isValid) return { isValid: true, message: null, line: null, column: null };
    const { message, line, column } = compiled.error;
    return { isValid: false, message, line, column };
  }

  @Query(() => RulePreviewObject)
  async previewRule(
    @Arg('rule', () => CorrelationRuleInput) input: CorrelationRuleInput,
    @Arg('alertId', () => ID) alertId: string,
    @Ctx() { services, loaders }: ApiContext,
  ): Promise<object> {
    const alert = await loaders.alert.load(requiredId('alert', alertId));
    const integration = alert === null ? null : await loaders.integration.load(alert.integrationId);
    if (alert === null || integration === null) throw notFound('alert', alertId);
    const { rules, problems } = parseRules([{ ...ruleInputOf(input, 0), id: 'preview', isEnabled: true }]);
    const compiled = compileRules({ version: 0, rules });
    const [problem] = [...problems, ...compiled.problems];
    const [rule] = compiled.rules;
    if (problem !== undefined || rule === undefined) return noMatch(problem?.message ?? 'The rule cannot be used.');
    const topology = new Topology(await loadServices(services.pool));
    return preview(rule, factsOf(alert, integration, alert.startsAt), topology);
  }

  @Query(() => [RuleProposalObject], { description: 'What flaps and what is noisiest, with what would calm it.' })
  async ruleProposals(@Ctx() { services }: ApiContext): Promise<readonly object[]> {
    const since = Date.now() - proposalDays * day;
    const noisy = await noisiestAlerts(services.pool, since, noisyAlerts);
    const { rules } = await currentRuleSet(services.pool);
    return proposalsFor(noisy, rules, proposalDays).map((proposal) => ({
      ...proposal,
      rules: proposal.rules?.map((rule) => ruleObjectOf(rule)) ?? null,
    }));
  }
}

@Resolver(() => CorrelationRuleObject)
export class RuleFieldsResolver {
  @FieldResolver()
  async matchCount(@Root() rule: { readonly id: string }, @Ctx() context: ApiContext): Promise<number> {
    return (await matchCountsOf(context)).get(rule.id) ?? 0;
  }
}

const counted = new WeakMap<ApiContext, Promise<ReadonlyMap<string, number>>>();

/** All rules of a request are counted by one statement. */
function matchCountsOf(context: ApiContext): Promise<ReadonlyMap<string, number>> {
  const known = counted.get(context);
  if (known) return known;
  const counting = ruleMatchCounts(context.services.pool, Date.now() - day);
  counted.set(context, counting);
  return counting;
}

async function requiredVersion({ pool }: ApiContext['services'], version: number): Promise<StoredRuleSet> {
  const found = version < 0 ? null : await ruleSetOfVersion(pool, version);
  if (found === null) throw notFound('version of the rules', String(version));
  return found;
}

export function ruleSetObjectOf(ruleSet: StoredRuleSet): object {
  return { ...ruleSet, rules: [...ruleSet.rules.map((rule) => ruleObjectOf(rule)), ruleObjectOf(builtInRule, true)] };
}

function preview(rule: CompiledRule, alert: AlertFacts, topology: Topology): object {
  try {
    if (!rule.matches(alert)) return noMatch('The expression is false for this alert.');
  } catch (error) {
    if (error instanceof RuleFailed) return noMatch(error.message);
    throw error;
  }
  const missing = rule.rule.groupBy.filter((field) => rule.groupValue(alert, field) === null);
  const choice = chooseRule(alert, [rule], subjectOf(alert, topology));
  if (choice.rule !== rule) return noMatch(`The alert has no ${missing.join(', ')}, so the next rule decides.`);
  const reason =
    missing.length === 0 ? null : `The alert has no ${missing.join(', ')}: it gets an incident of its own.`;
  return { matches: true, reason, key: choice.key, values: labelList(choice.values) };
}

function noMatch(reason: string): object {
  return { matches: false, reason, key: null, values: [] };
}
