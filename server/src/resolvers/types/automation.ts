import { actionSentence, type AutomationRule } from '@tocsin/schema/domain/automation';
import { checkAutomation, parseAction, type AutomationDraft } from '@tocsin/schema/domain/automationInput';
import { DomainFailure } from '@tocsin/schema/domain/errors';
import type { LogEvent } from '@tocsin/schema/domain/event';
import { compileIncidentCondition } from '@tocsin/schema/domain/expressionIncident';
import type { Incident } from '@tocsin/schema/domain/incident';
import {
  AutomationDryRunObject,
  AutomationMatchObject,
  AutomationRuleInput,
  AutomationRuleObject,
  AutomationRunConnectionObject,
  AutomationRunObject,
} from '@tocsin/schema/graphql/automation';
import { ExpressionCheckObject } from '@tocsin/schema/graphql/configuration';
import { IncidentObject } from '@tocsin/schema/graphql/incident';
import { Cursor } from '@tocsin/schema/graphql/scalars';
import {
  automationRules,
  deleteAutomationRule,
  reorderAutomationRules,
  saveAutomationRule,
  teamIdOf,
} from '@tocsin/schema/postgres/automationRule';
import { automationRuns, type AutomationRun, automationStatistics } from '@tocsin/schema/postgres/automationRun';
import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { ApiContext } from '../../context.js';
import { dryRun } from '../../respond/types/dryRun.js';
import { idList, optionalText, pageSize, requiredId, requiredText } from '../input.js';
import { decodeIdCursor, encodeIdCursor } from '../listCursor.js';
import { checkReferences } from './automationReferences.js';

const longest = { name: 100, condition: 4_000 } as const;
const runsOfAutomation = 'automation.runs';

@Resolver()
export class AutomationResolver {
  @Query(() => [AutomationRuleObject], { description: 'In the order in which they act.' })
  automationRules(@Ctx() { services }: ApiContext): Promise<readonly AutomationRule[]> {
    return automationRules(services.pool);
  }

  @Query(() => AutomationRunConnectionObject, { description: 'The execution log, newest first.' })
  async automationRuns(
    @Arg('ruleId', () => ID, { nullable: true }) ruleId: string | null | undefined,
    @Arg('incidentId', () => ID, { nullable: true }) incidentId: string | null | undefined,
    @Arg('first', () => Int, { nullable: true, defaultValue: 50 }) first: number | null,
    @Arg('after', () => Cursor, { nullable: true }) after: string | null | undefined,
    @Ctx() { services, viewer }: ApiContext,
  ): Promise<object> {
    const size = pageSize(first, 50);
    const filter = {
      ruleId: ruleId == null ? null : requiredId('rule', ruleId),
      incidentId: incidentId == null ? null : requiredId('incident', incidentId),
      onlooker: viewer,
    };
    const runs = await automationRuns(services.pool, filter, size, decodeIdCursor(runsOfAutomation, after));
    const nodes = runs.slice(0, size);
    const last = nodes.at(-1);
    const endCursor = last === undefined ? null : encodeIdCursor(runsOfAutomation, last.id);
    return { nodes, pageInfo: { hasNextPage: runs.length > size, endCursor } };
  }

  @Query(() => AutomationDryRunObject, {
    description: 'Against the newest 1,000 events of the last 30 days; changes nothing.',
  })
  async dryRunAutomation(
    @Arg('input', () => AutomationRuleInput) input: AutomationRuleInput,
    @Ctx() context: ApiContext,
  ): Promise<object> {
    const { services, viewer } = context;
    const draft = await draftOf(context, input);
    const refusal = checkAutomation(draft);
    if (refusal !== null) throw new DomainFailure(refusal);
    const team = optionalText('team', input.team, longest.name);
    return dryRun(services.pool, { ...draft, team }, viewer, Date.now());
  }

  @Query(() => ExpressionCheckObject, { description: 'Whether it compiles and is true or false of an incident.' })
  checkIncidentExpression(@Arg('expression', () => String) expression: string): object {
    const compiled = compileIncidentCondition(expression);
    if (compiled.isValid) return { isValid: true, message: null, line: null, column: null };
    const { error } = compiled;
    const at = error.code === 'EXPRESSION_INVALID' ? { line: error.line, column: error.column } : {};
    return { isValid: false, message: error.message, line: null, column: null, ...at };
  }

  @Mutation(() => AutomationRuleObject)
  async saveAutomationRule(
    @Arg('input', () => AutomationRuleInput) input: AutomationRuleInput,
    @Arg('expectedVersion', () => Int, { nullable: true }) expectedVersion: number | null | undefined,
    @Ctx() context: ApiContext,
  ): Promise<AutomationRule> {
    const { services, actor } = context;
    const id = input.id == null ? null : requiredId('rule', input.id);
    const save = { id, draft: await draftOf(context, input), expectedVersion: expectedVersion ?? null };
    return saveAutomationRule(services.pool, save, actor, Date.now());
  }

  @Mutation(() => Boolean, { description: 'With its execution log.' })
  async deleteAutomationRule(
    @Arg('id', () => ID) id: string,
    @Ctx() { services, actor }: ApiContext,
  ): Promise<boolean> {
    await deleteAutomationRule(services.pool, requiredId('rule', id), actor, Date.now());
    return true;
  }

  @Mutation(() => [AutomationRuleObject], { description: 'Every rule is named once.' })
  reorderAutomationRules(
    @Arg('ids', () => [ID]) ids: readonly string[],
    @Ctx() { services, actor }: ApiContext,
  ): Promise<readonly AutomationRule[]> {
    return reorderAutomationRules(services.pool, idList('ids', 'rule', ids, 200), actor, Date.now());
  }
}

/** @throws ApiFailure or DomainFailure INVALID_INPUT naming what is wrong, e.g. `actions[0].parameters` */
async function draftOf(context: ApiContext, input: AutomationRuleInput): Promise<AutomationDraft> {
  const actions = input.actions.map(({ kind, parameters }, index) => {
    const parsed = parseAction(kind, parameters, `actions[${index}]`);
    if (!parsed.ok) throw new DomainFailure(parsed.error);
    return parsed.action;
  });
  const team = optionalText('team', input.team, longest.name);
  const teamId = team === null ? null : await teamIdOf(context.services.pool, team);
  await checkReferences(context, actions, teamId);
  return {
    name: requiredText('name', input.name, longest.name),
    isEnabled: input.isEnabled,
    kinds: [...new Set(input.kinds)],
    condition: optionalText('condition', input.condition, longest.condition),
    actions,
    teamId,
  };
}

const counted = new WeakMap<ApiContext, ReturnType<typeof automationStatistics>>();

/** All rules of a request are counted by one statement. */
function statisticsOf(context: ApiContext): ReturnType<typeof automationStatistics> {
  const known = counted.get(context) ?? automationStatistics(context.services.pool);
  counted.set(context, known);
  return known;
}

@Resolver(() => AutomationRuleObject)
export class AutomationRuleFieldsResolver {
  @FieldResolver()
  actions(@Root() { actions }: AutomationRule): readonly object[] {
    return actions.map((action) => {
      const { kind, ...parameters } = action;
      return { kind, parameters: JSON.stringify(parameters), sentence: actionSentence(action) };
    });
  }

  @FieldResolver()
  async runCount(@Root() { id }: AutomationRule, @Ctx() context: ApiContext): Promise<number> {
    return (await statisticsOf(context)).get(id)?.runCount ?? 0;
  }

  @FieldResolver()
  async lastRunAt(@Root() { id }: AutomationRule, @Ctx() context: ApiContext): Promise<number | null> {
    return (await statisticsOf(context)).get(id)?.lastRunAt ?? null;
  }
}

const read = new WeakMap<ApiContext, Promise<readonly AutomationRule[]>>();

function rulesOf(context: ApiContext): Promise<readonly AutomationRule[]> {
  const known = read.get(context) ?? automationRules(context.services.pool);
  read.set(context, known);
  return known;
}

@Resolver(() => AutomationRunObject)
export class AutomationRunFieldsResolver {
  @FieldResolver()
  async rule(@Root() { ruleId }: AutomationRun, @Ctx() context: ApiContext): Promise<AutomationRule> {
    const rule = (await rulesOf(context)).find(({ id }) => id === ruleId);
    if (rule === undefined) throw new Error(`Rule ${ruleId} went while its log was read.`);
    return rule;
  }

  @FieldResolver()
  async incident(@Root() { incidentId }: AutomationRun, @Ctx() { loaders }: ApiContext): Promise<Incident | null> {
    return incidentId === null ? null : loaders.incident.load(incidentId);
  }
}

@Resolver(() => AutomationMatchObject)
export class AutomationMatchFieldsResolver {
  @FieldResolver()
  async incident(@Root() match: { readonly incidentId: number }, @Ctx() { loaders }: ApiContext): Promise<Incident> {
    const incident = await loaders.incident.load(match.incidentId);
    if (incident === null) throw new Error(`INC-${match.incidentId} went while it was read.`);
    return incident;
  }

  @FieldResolver()
  event(@Root() match: { readonly event: LogEvent }): LogEvent {
    return match.event;
  }
}

@Resolver(() => IncidentObject)
export class IncidentAutomationResolver {
  @FieldResolver(() => [AutomationRunObject], { description: 'The newest fifty.' })
  automationRuns(@Root() { id }: Incident, @Ctx() { services, viewer }: ApiContext): Promise<readonly AutomationRun[]> {
    return automationRuns(services.pool, { ruleId: null, incidentId: id, onlooker: viewer }, 49, null);
  }
}
