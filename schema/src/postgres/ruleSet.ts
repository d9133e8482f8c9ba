import { DomainFailure } from '../domain/errors.js';
import type { Actor } from '../domain/event.js';
import type { CorrelationRule, RuleSet } from '../domain/rule.js';
import { parseRuleDocument } from '../domain/ruleDocument.js';
import { parseRules } from '../domain/ruleInput.js';
import { nameKey } from '../domain/service.js';
import { configurationChannel } from './configurationVersion.js';
import { appendEvents } from './log.js';
import { lookAgainAtPending } from './pendingAlerts.js';
import type { Pool, Queryable } from './pool.js';
import { inTransaction } from './transaction.js';

/** One saved version. Version 0, before anything was saved, has no rules and was saved by nobody. */
export interface StoredRuleSet extends RuleSet {
  readonly savedAt: number | null;
  readonly savedBy: string | null;
  readonly comment: string | null;
}

export interface RuleSetVersion {
  readonly version: number;
  readonly savedAt: number;
  readonly savedBy: string;
  readonly comment: string | null;
  readonly ruleCount: number;
}

interface RuleSetRow {
  readonly version: number;
  readonly rules: unknown;
  readonly saved_at: number;
  readonly saved_by: string;
  readonly comment: string | null;
}

const columns = 'version, rules, saved_at, saved_by, comment';
const firstRuleSet: StoredRuleSet = { version: 0, rules: [], savedAt: null, savedBy: null, comment: null };

/** The highest version. */
export async function currentRuleSet(db: Queryable): Promise<StoredRuleSet> {
  const { rows } = await db.query<RuleSetRow>({
    name: 'rule_set_current',
    text: `select ${columns} from rule_set order by version desc limit 1`,
  });
  return rows[0] === undefined ? firstRuleSet : ruleSetOfRow(rows[0]);
}

/** One version, or null where it was never saved. */
export async function ruleSetOfVersion(db: Queryable, version: number): Promise<StoredRuleSet | null> {
  if (version === 0) return firstRuleSet;
  const { rows } = await db.query<RuleSetRow>(`select ${columns} from rule_set where version = $1`, [version]);
  return rows[0] === undefined ? null : ruleSetOfRow(rows[0]);
}

/** The number of the current version; caches compare it with theirs. */
export async function currentRuleSetVersion(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ version: number }>({
    name: 'rule_set_version',
    text: 'select coalesce(max(version), 0) as version from rule_set',
  });
  return rows[0]?.version ?? 0;
}

/** Newest first. */
export async function listRuleSetVersions(db: Queryable, limit: number): Promise<readonly RuleSetVersion[]> {
  const { rows } = await db.query<Omit<RuleSetRow, 'rules'> & { readonly rule_count: number }>(
    `select version, saved_at, saved_by, comment, jsonb_array_length(rules) as rule_count
       from rule_set order by version desc limit $1`,
    [limit],
  );
  return rows.map((row) => ({
    version: row.version,
    savedAt: row.saved_at,
    savedBy: row.saved_by,
    comment: row.comment,
    ruleCount: row.rule_count,
  }));
}

/** By then every process decides by a saved version, also one that missed being told. */
const knownEverywhereMs = 10_000;

export interface RuleSetEdit {
  /** Parsed, and every expression compiles: see `parseRules` and `compileRules`. */
  readonly rules: readonly CorrelationRule[];
  readonly expectedVersion: number;
  readonly comment: string | null;
  readonly actor: Actor;
  readonly now: number;
}

/**
 * Saves the next version, tells it to the log and wakes every process at the commit. Equal rules are no new version.
 * What the rules held back until now is decided on again soon after.
 * @throws DomainFailure CONFLICT when `expectedVersion` is not the current one
 */
export function saveRuleSet(pool: Pool, edit: RuleSetEdit): Promise<StoredRuleSet> {
  // Of two who save at once the primary key refuses one, and on its second try it sees the other's version.
  return inTransaction(pool, (db) => saveRuleSetIn(db, edit));
}

/** As {@link saveRuleSet}, in the caller's transaction. */
export async function saveRuleSetIn(db: Queryable, edit: RuleSetEdit): Promise<StoredRuleSet> {
  const { rules, expectedVersion, comment, actor, now } = edit;
  const current = await currentRuleSet(db);
  if (current.version !== expectedVersion) {
    const message = `The rules are at version ${current.version} meanwhile, not ${expectedVersion}: reload and decide again.`;
    throw new DomainFailure({ code: 'CONFLICT', message, currentVersion: current.version });
  }
  if (JSON.stringify(rules) === JSON.stringify(current.rules)) return current;
  await assertPolicies(db, rules);
  const version = current.version + 1;
  const { rows } = await db.query<RuleSetRow>(
    `with saved as (
       insert into rule_set (version, rules, saved_at, saved_by, comment)
       values ($1, $2::jsonb, to_timestamp($3::float8 / 1000), $4, $5) returning ${columns})
     select ${columns}, pg_notify('${configurationChannel}', '') from saved`,
    [version, JSON.stringify(rules), now, actor.name, comment],
  );
  const data = { before: current.version, after: version, comment };
  await appendEvents(db, [
    { kind: 'configuration.rulesSaved', incidentId: null, alertId: null, actor, occurredAt: now, data },
  ]);
  await lookAgainAtPending(db, now + knownEverywhereMs);
  const [row] = rows;
  if (row === undefined) throw new Error('Postgres returned no row for a rule set.');
  return ruleSetOfRow(row);
}

/** @throws DomainFailure INVALID_INPUT for a rule that names a policy that there is not: it would silently be the team's */
async function assertPolicies(db: Queryable, rules: readonly CorrelationRule[]): Promise<void> {
  const keys = rules.map(({ escalationPolicy: policy }) => (policy == null ? null : nameKey(policy)));
  if (keys.every((key) => key === null)) return;
  const { rows } = await db.query<{ name_key: string }>(
    'select name_key from escalation_policy where name_key = any($1::text[])',
    [keys.filter((key) => key !== null)],
  );
  const known = new Set(rows.map(({ name_key: key }) => key));
  const index = keys.findIndex((key) => key !== null && !known.has(key));
  if (index === -1) return;
  const message = `There is no escalation policy ${rules[index]?.escalationPolicy ?? ''}.`;
  throw new DomainFailure({ code: 'INVALID_INPUT', field: `rules[${index}].escalationPolicy`, message });
}

/** Read as a file would be: what an older program did not write yet has its default. */
function ruleSetOfRow(row: RuleSetRow): StoredRuleSet {
  const document = parseRuleDocument(row.rules);
  if (!document.isValid) {
    throw new Error(`Version ${row.version} of the rules was saved by a newer program: ${document.message}`);
  }
  const { rules } = parseRules(document.inputs);
  return { version: row.version, rules, savedAt: row.saved_at, savedBy: row.saved_by, comment: row.comment };
}
