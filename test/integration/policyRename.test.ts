import { parseRules, ruleDefaults } from '@tocsin/schema/domain/ruleInput';
import { savePolicy } from '@tocsin/schema/postgres/escalationPolicyWrite';
import { currentRuleSet, listRuleSetVersions, saveRuleSet } from '@tocsin/schema/postgres/ruleSet';
import { loadServices } from '@tocsin/schema/postgres/service';
import { editCatalogue } from '@tocsin/schema/postgres/serviceWrite';
import { applyPatch } from '@tocsin/schema/domain/serviceDocument';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestPerson } from '../support/people.js';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';

const actor = { kind: 'person', name: 'ada' } as const;

describe('an escalation policy that is named elsewhere', () => {
  let database: TestDatabase;
  let personId: number;
  beforeAll(async () => {
    database = await createTestDatabase();
    personId = (await createTestPerson(database.pool, { handle: 'ada' })).id;
  });
  afterAll(() => database.drop());

  const save = (id: number | null, name: string) => {
    const steps = [
      { delaySeconds: 0, mode: 'all', condition: null, targets: [{ kind: 'person', id: personId }] },
    ] as const;
    const policy = { id, name, team: null, repeatCount: 0, unacknowledgeSeconds: null, pageWhen: null, steps };
    return savePolicy(database.pool, policy, null, { actor, now: Date.now() });
  };

  it('keeps its rules and services when it is renamed: they call it by its new name', async () => {
    const { id } = await save(null, 'Nights');
    await save(null, 'Days');
    const rule = (name: string, escalationPolicy: string | null) => ({
      ...ruleDefaults,
      id: null,
      match: null,
      threshold: null,
      titleTemplate: null,
      severity: null,
      team: null,
      name,
      escalationPolicy,
    });
    const { rules } = parseRules([rule('A', ' nights'), rule('B', 'Days'), rule('C', null)]);
    await saveRuleSet(database.pool, { rules, expectedVersion: 0, comment: null, actor, now: Date.now() });
    const edit = () => [applyPatch(null, { name: 'db', escalationPolicy: 'Nights' })];
    await editCatalogue(database.pool, { edit, actor, now: Date.now() });

    await save(id, 'Night shift');

    const after = await currentRuleSet(database.pool);
    expect(after.rules.map(({ escalationPolicy }) => escalationPolicy ?? null)).toEqual(['Night shift', 'Days', null]);
    expect((await loadServices(database.pool)).map(({ escalationPolicy }) => escalationPolicy)).toEqual([
      'Night shift',
    ]);
    expect((await listRuleSetVersions(database.pool, 1))[0]).toMatchObject({
      version: 2,
      savedBy: 'ada',
      comment: 'The escalation policy Nights is called Night shift now',
    });
  });

  it('leaves the rules alone when its name stays', async () => {
    const { version } = await currentRuleSet(database.pool);
    const { rows } = await database.pool.query<{ id: number }>(`select id from escalation_policy where name = 'Days'`);
    await save(rows[0]?.id ?? null, 'DAYS');
    expect((await currentRuleSet(database.pool)).version).toBe(version);
  });
});
