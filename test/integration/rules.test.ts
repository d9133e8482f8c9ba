import type { CorrelationRule } from '@tocsin/schema/domain/rule';
import { startOfLog } from '@tocsin/schema/domain/event';
import { parseRules, ruleDefaults, type RuleInput } from '@tocsin/schema/domain/ruleInput';
import { readLog } from '@tocsin/schema/postgres/log';
import { createRuleCache } from '@tocsin/schema/postgres/ruleCache';
import {
  currentRuleSet,
  listRuleSetVersions,
  ruleSetOfVersion,
  saveRuleSet,
  type StoredRuleSet,
} from '@tocsin/schema/postgres/ruleSet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';
import { eventually } from '../support/tocsin.js';

const rule = (name: string, changes: Partial<RuleInput> = {}): RuleInput => ({
  ...ruleDefaults,
  id: null,
  name,
  match: null,
  threshold: null,
  titleTemplate: null,
  severity: null,
  team: null,
  ...changes,
});
const rulesOf = (...inputs: RuleInput[]): readonly CorrelationRule[] => parseRules(inputs).rules;

describe('the rule sets', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  const save = (rules: readonly CorrelationRule[], expectedVersion: number, name = 'ada'): Promise<StoredRuleSet> =>
    saveRuleSet(database.pool, {
      rules,
      expectedVersion,
      comment: `by ${name}`,
      actor: { kind: 'person', name },
      now: Date.now(),
    });

  it('begin at version 0, with nothing in it', async () => {
    expect(await currentRuleSet(database.pool)).toEqual({
      version: 0,
      rules: [],
      savedAt: null,
      savedBy: null,
      comment: null,
    });
    expect(await ruleSetOfVersion(database.pool, 1)).toBeNull();
  });

  it('come back as they were saved, and every version stays', async () => {
    const first = rulesOf(rule('A', { match: 'service == "a"\n&& true', threshold: { seconds: 60, count: 3 } }));
    const second = rulesOf(
      ...first,
      rule('B', { groupBy: ['labels.k8s.pod', 'service'], severity: 'low', team: 'db' }),
    );
    await save(first, 0);
    await save(second, 1, 'bob');
    expect((await ruleSetOfVersion(database.pool, 1))?.rules).toEqual(first);
    expect(await currentRuleSet(database.pool)).toMatchObject({ version: 2, rules: second, savedBy: 'bob' });
    expect(await listRuleSetVersions(database.pool, 10)).toMatchObject([
      { version: 2, savedBy: 'bob', comment: 'by bob', ruleCount: 2 },
      { version: 1, savedBy: 'ada', comment: 'by ada', ruleCount: 1 },
    ]);
  });

  it('are no new version when nothing changed', async () => {
    const { rules } = await currentRuleSet(database.pool);
    const same = rulesOf(...rules.map((each) => ({ ...each, threshold: each.threshold && { seconds: 60, count: 3 } })));
    expect(await save(same, 2)).toMatchObject({ version: 2, savedBy: 'bob' });
  });

  it('are refused to a writer who looked at an older version', async () => {
    await expect(save(rulesOf(rule('C')), 1)).rejects.toMatchObject({ error: { code: 'CONFLICT', currentVersion: 2 } });
  });

  it('let one of many who save at once through, and tell the others', async () => {
    const { version } = await currentRuleSet(database.pool);
    const results = await Promise.allSettled(
      Array.from({ length: 8 }, (_, n) => save(rulesOf(rule(`Race ${n}`)), version, `w${n}`)),
    );
    const won = results.filter((result) => result.status === 'fulfilled');
    expect(won).toHaveLength(1);
    for (const result of results) {
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ error: { code: 'CONFLICT' } });
    }
    expect((await currentRuleSet(database.pool)).version).toBe(version + 1);
  });

  it('are never changed once saved', async () => {
    for (const sql of [`update rule_set set comment = 'x'`, 'delete from rule_set', 'truncate rule_set']) {
      await expect(database.pool.query(sql)).rejects.toThrow('never changed');
    }
  });

  it('stand in the log, each version with the one before it', async () => {
    const steps = await eventually(async () => {
      const events = await readLog(database.pool, startOfLog, 100);
      const found = events.flatMap((event) => (event.kind === 'configuration.rulesSaved' ? [event] : []));
      return found.length === 3 && found;
    });
    expect(steps.map(({ data }) => [data.before, data.after])).toEqual([
      [0, 1],
      [1, 2],
      [2, 3],
    ]);
    expect(steps[1]).toMatchObject({ incidentId: null, alertId: null, actor: { kind: 'person', name: 'bob' } });
  });
});

describe('the rules of a process', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  const save = async (...inputs: RuleInput[]): Promise<number> => {
    const { version } = await currentRuleSet(database.pool);
    const edit = { rules: rulesOf(...inputs), expectedVersion: version, comment: null, now: Date.now() };
    return (await saveRuleSet(database.pool, { ...edit, actor: { kind: 'system', name: 'test' } })).version;
  };

  it('are reloaded at once in every process, woken by NOTIFY', async () => {
    // A poll that would take an hour: only the notification can be what tells them.
    const caches = [1, 2].map(() => createRuleCache(database.pool, { databaseUrl: database.url, pollMs: 3_600_000 }));
    await Promise.all(caches.map((cache) => cache.start()));
    const before = caches.map((cache) => cache.current());
    const version = await save(rule('On'), rule('Off', { isEnabled: false }));
    await eventually(async () => caches.every((cache) => cache.current().version === version));
    for (const cache of caches) {
      expect(cache.current().rules.map((each) => [each.rule.id, each.version])).toEqual([['on', version]]);
      expect(cache.current().ruleSet.rules).toHaveLength(2);
    }
    // Who began to decide with a version keeps it.
    expect(before.map((each) => each.version)).toEqual([0, 0]);
    await Promise.all(caches.map((cache) => cache.stop()));
  });

  it('are compiled once for a version', async () => {
    const cache = createRuleCache(database.pool);
    const [first] = await Promise.all([cache.refresh(), cache.refresh(), cache.refresh()]);
    expect(await cache.refresh()).toBe(first);
    await save(rule('Another'));
    expect((await cache.refresh()).version).toBe(first.version + 1);
  });

  it('leave out what does not compile, and say so', async () => {
    await save(rule('Good'), rule('From the future', { match: 'not.yet.known(1)' }));
    const problems: string[] = [];
    const cache = createRuleCache(database.pool, { onProblem: ({ field }) => problems.push(field) });
    const current = await cache.refresh();
    expect(current.rules.map((each) => each.rule.name)).toEqual(['Good']);
    expect(problems).toEqual(['rules[1].match']);
  });
});
