import { automationLimits, type AutomationRule } from '../domain/automation.js';
import { checkAutomation, type AutomationDraft } from '../domain/automationInput.js';
import { DomainFailure } from '../domain/errors.js';
import type { Actor } from '../domain/event.js';
import { nameKey } from '../domain/service.js';
import { recordConfigurationChange } from './configurationEvent.js';
import { lockConfiguration, moveConfiguration } from './configurationVersion.js';
import type { Edit } from './onCallEdit.js';
import type { Pool, Queryable } from './pool.js';
import { inTransaction } from './transaction.js';

const columns = `id, version, name, is_enabled as "isEnabled", on_kinds as kinds, condition, actions, team_id as "teamId",
  (select t.name from team t where t.id = team_id) as team`;

/** All rules in the order in which they act. */
export async function automationRules(db: Queryable): Promise<readonly AutomationRule[]> {
  const { rows } = await db.query<AutomationRule>({
    name: 'automation_rules',
    text: `select ${columns} from automation_rule order by ordinal, id`,
  });
  return rows;
}

export async function enabledAutomationRules(db: Queryable): Promise<readonly AutomationRule[]> {
  const { rows } = await db.query<AutomationRule>({
    name: 'automation_rules_enabled',
    text: `select ${columns} from automation_rule where is_enabled order by ordinal, id`,
  });
  return rows;
}

/**
 * Saves a rule, new where `id` is null.
 * @throws DomainFailure INVALID_INPUT, EXPRESSION_INVALID, NOT_FOUND, CONFLICT
 */
export function saveAutomationRule(
  pool: Pool,
  save: { readonly id: number | null; readonly draft: AutomationDraft; readonly expectedVersion: number | null },
  actor: Actor,
  now: number,
): Promise<AutomationRule> {
  return inTransaction(pool, (db) => saveAutomationRuleIn(db, save, { actor, now }));
}

/** As {@link saveAutomationRule}, in the caller's transaction. */
export async function saveAutomationRuleIn(
  db: Queryable,
  save: { readonly id: number | null; readonly draft: AutomationDraft; readonly expectedVersion: number | null },
  { actor, now }: Edit,
): Promise<AutomationRule> {
  await lockConfiguration(db, 'automation');
  const { id, draft, expectedVersion } = save;
  const refusal = checkAutomation(draft);
  if (refusal !== null) throw new DomainFailure(refusal);
  const known = await automationRules(db);
  const before = id === null ? null : required(known, id);
  if (before !== null && expectedVersion !== null && before.version !== expectedVersion) {
    const message = `The rule ${before.name} is at version ${before.version} by now: reload and decide again.`;
    throw new DomainFailure({ code: 'CONFLICT', message, currentVersion: before.version });
  }
  assertName(known, draft.name, id);
  const after = before === null ? await insertRule(db, draft, actor, now) : await updateRule(db, before.id, draft, now);
  const action = before === null ? 'created' : 'changed';
  const change = { topic: 'automationRule', action, id: after.id, name: after.name, before, after } as const;
  await recordConfigurationChange(db, actor, change, now);
  await moveConfiguration(db, 'automation');
  return after;
}

/** The name is the actor of what it does, so that there may be only one of it. */
function assertName(known: readonly AutomationRule[], name: string, id: number | null): void {
  const refuse = (message: string): never => {
    throw new DomainFailure({ code: 'INVALID_INPUT', message, field: 'name' });
  };
  if (known.some((rule) => rule.name === name && rule.id !== id)) refuse(`There is a rule called ${name} already.`);
  if (id === null && known.length >= automationLimits.rules) refuse(`At most ${automationLimits.rules} rules.`);
}

async function insertRule(db: Queryable, draft: AutomationDraft, actor: Actor, now: number): Promise<AutomationRule> {
  const { rows } = await db.query<AutomationRule>(
    `insert into automation_rule (name, ordinal, is_enabled, on_kinds, condition, actions, team_id, created_by, created_at, updated_at)
     values ($1, (select coalesce(max(ordinal), 0) + 1 from automation_rule), $2, $3, $4, $5::jsonb, $6, $7,
             to_timestamp($8 / 1000.0), to_timestamp($8 / 1000.0)) returning ${columns}`,
    [...values(draft), actor.name, now],
  );
  return written(rows);
}

async function updateRule(db: Queryable, id: number, draft: AutomationDraft, now: number): Promise<AutomationRule> {
  const { rows } = await db.query<AutomationRule>(
    `update automation_rule set name = $1, is_enabled = $2, on_kinds = $3, condition = $4, actions = $5::jsonb, team_id = $6,
            version = version + 1, updated_at = to_timestamp($8 / 1000.0) where id = $7 returning ${columns}`,
    [...values(draft), id, now],
  );
  return written(rows);
}

function values({ name, isEnabled, kinds, condition, actions, teamId }: AutomationDraft): readonly unknown[] {
  return [name, isEnabled, kinds, condition, JSON.stringify(actions), teamId];
}

function written(rows: readonly AutomationRule[]): AutomationRule {
  const [rule] = rows;
  if (rule === undefined) throw new Error('The rule was not written.');
  return rule;
}

/** With its execution log. @throws DomainFailure NOT_FOUND */
export function deleteAutomationRule(pool: Pool, id: number, actor: Actor, now: number): Promise<void> {
  return inTransaction(pool, (db) => deleteAutomationRuleIn(db, id, { actor, now }));
}

/** As {@link deleteAutomationRule}, in the caller's transaction. */
export async function deleteAutomationRuleIn(db: Queryable, id: number, { actor, now }: Edit): Promise<void> {
  await lockConfiguration(db, 'automation');
  const before = required(await automationRules(db), id);
  await db.query('delete from automation_rule where id = $1', [id]);
  const change = { topic: 'automationRule', action: 'removed', id, name: before.name, before, after: null } as const;
  await recordConfigurationChange(db, actor, change, now);
  await moveConfiguration(db, 'automation');
}

/** @throws DomainFailure INVALID_INPUT unless every rule is named once */
export function reorderAutomationRules(
  pool: Pool,
  ids: readonly number[],
  actor: Actor,
  now: number,
): Promise<readonly AutomationRule[]> {
  return inTransaction(pool, (db) => reorderAutomationRulesIn(db, ids, { actor, now }));
}

/** As {@link reorderAutomationRules}, in the caller's transaction. */
export async function reorderAutomationRulesIn(
  db: Queryable,
  ids: readonly number[],
  { actor, now }: Edit,
): Promise<readonly AutomationRule[]> {
  await lockConfiguration(db, 'automation');
  const before = await automationRules(db);
  if (ids.length !== before.length || before.some(({ id }) => !ids.includes(id))) {
    const message = 'The order must name every rule once: reload and try again.';
    throw new DomainFailure({ code: 'INVALID_INPUT', message, field: 'ids' });
  }
  await db.query(
    `update automation_rule r set ordinal = o.n from unnest($1::bigint[]) with ordinality as o (id, n) where o.id = r.id`,
    [ids],
  );
  const after = await automationRules(db);
  const names = (rules: readonly AutomationRule[]): readonly string[] => rules.map(({ name }) => name);
  const change = { topic: 'automationRule', action: 'changed', id: null, name: 'Order of the rules' } as const;
  await recordConfigurationChange(db, actor, { ...change, before: names(before), after: names(after) }, now);
  await moveConfiguration(db, 'automation');
  return after;
}

function required(rules: readonly AutomationRule[], id: number): AutomationRule {
  const rule = rules.find((each) => each.id === id);
  if (rule === undefined) throw new DomainFailure({ code: 'NOT_FOUND', message: `There is no automation rule ${id}.` });
  return rule;
}

/** @throws DomainFailure INVALID_INPUT naming `team` */
export async function teamIdOf(db: Queryable, name: string): Promise<number> {
  const { rows } = await db.query<{ id: number }>('select id from team where name_key = $1', [nameKey(name)]);
  const [team] = rows;
  if (team !== undefined) return team.id;
  throw new DomainFailure({ code: 'INVALID_INPUT', message: `There is no team ${name}.`, field: 'team' });
}
