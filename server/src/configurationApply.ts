import {
  maintenanceLines,
  parseConfiguration,
  printConfiguration,
  type StatedConfiguration,
} from '@tocsin/schema/domain/configurationDocument';
import type { Actor } from '@tocsin/schema/domain/event';
import type { MaintenanceDefinition, MaintenanceWindow } from '@tocsin/schema/domain/maintenance';
import { checkedRules } from '@tocsin/schema/domain/ruleCheck';
import { type ConfigurationChange, ruleChanges } from '@tocsin/schema/domain/ruleDiff';
import { lineDiff } from '@tocsin/schema/domain/serviceDiff';
import { loadLiveWindows } from '@tocsin/schema/postgres/maintenance';
import { createWindowIn, definitionOf, endWindowIn, updateWindowIn } from '@tocsin/schema/postgres/maintenanceCommands';
import type { Pool, Queryable } from '@tocsin/schema/postgres/pool';
import { currentRuleSet, saveRuleSetIn } from '@tocsin/schema/postgres/ruleSet';
import { loadServices } from '@tocsin/schema/postgres/service';
import { editCatalogueIn } from '@tocsin/schema/postgres/serviceWrite';
import { inTransaction } from '@tocsin/schema/postgres/transaction';
import { readNames } from './configuration/names.js';
import { announceAll, removeAll, sections, type Steps, stepsOf, writeAll } from './configuration/sections.js';

export interface ConfigurationEdit {
  readonly dryRun: boolean;
  readonly actor: Actor;
  /** Epoch milliseconds. */
  readonly now: number;
}

export interface ConfigurationResult {
  readonly isApplied: boolean;
  readonly changes: readonly ConfigurationChange[];
}

/** All of it as one YAML document: without secrets, people, and what hangs on a day (overrides of schedules). */
export async function exportConfiguration(db: Queryable): Promise<string> {
  const { rules } = await currentRuleSet(db);
  const { windows } = await loadLiveWindows(db);
  const services = await loadServices(db);
  const first = printConfiguration({ rules, maintenance: windows.map(definitionOf), services });
  const names = await readNames(db);
  const further: string[] = [];
  for (const section of sections) further.push(await section.print(db, names));
  return [first, ...further].join('\n');
}

/** Ends a dry run: what it wrote is taken back, so it says exactly what would happen, refusals included. */
class DryRun extends Error {
  override readonly name = 'DryRun';
  readonly changes: readonly ConfigurationChange[];
  constructor(changes: readonly ConfigurationChange[]) {
    super('A dry run changes nothing.');
    this.changes = changes;
  }
}

/**
 * Makes the configuration what the document says, in one transaction.
 * @throws DomainFailure INVALID_INPUT, EXPRESSION_INVALID naming the place in the document
 */
export async function applyConfiguration(
  pool: Pool,
  document: string,
  edit: ConfigurationEdit,
): Promise<ConfigurationResult> {
  const stated = parseConfiguration(document);
  const steps = stepsOf(stated.further);
  try {
    const changes = await inTransaction(pool, async (db) => {
      const made = await applyAll(db, stated, steps, edit);
      if (edit.dryRun) throw new DryRun(made);
      return made;
    });
    return { isApplied: changes.length > 0, changes };
  } catch (error) {
    if (error instanceof DryRun) return { isApplied: false, changes: error.changes };
    throw error;
  }
}

/** Whatever is named is written before what names it, and removed after it. */
async function applyAll(
  db: Queryable,
  stated: StatedConfiguration,
  steps: Steps,
  edit: ConfigurationEdit,
): Promise<readonly ConfigurationChange[]> {
  await announceAll(db, steps, edit);
  const before = await writeAll(db, steps.before, edit);
  const between = await applyFirst(db, stated, edit);
  const after = await writeAll(db, steps.after, edit);
  return [...before, ...between, ...after, ...(await removeAll(db, steps, edit))];
}

async function applyFirst(
  db: Queryable,
  { rules, maintenance, services }: StatedConfiguration,
  { actor, now }: ConfigurationEdit,
): Promise<readonly ConfigurationChange[]> {
  const changes: ConfigurationChange[] = [];
  if (rules !== null) {
    const before = await currentRuleSet(db);
    const checked = checkedRules(rules);
    const comment = 'Applied from a file';
    await saveRuleSetIn(db, { rules: checked, expectedVersion: before.version, comment, actor, now });
    changes.push(...ruleChanges(before.rules, checked));
  }
  if (maintenance !== null) changes.push(...(await applyWindows(db, maintenance, { actor, now })));
  if (services !== null) changes.push(...(await editCatalogueIn(db, { edit: () => services, actor, now })));
  return changes;
}

/** Windows are the same by kind and name; of several of one name the first stated is the first stored. */
async function applyWindows(
  db: Queryable,
  stated: readonly MaintenanceDefinition[],
  edit: Pick<ConfigurationEdit, 'actor' | 'now'>,
): Promise<readonly ConfigurationChange[]> {
  const left = [...(await loadLiveWindows(db)).windows];
  const changes: ConfigurationChange[] = [];
  for (const definition of stated) {
    const found = left.findIndex(({ kind, name }) => kind === definition.kind && name === definition.name);
    const [window] = found < 0 ? [] : left.splice(found, 1);
    // A file stays as it is when its windows are over.
    if (window === undefined && definition.endsAt !== null && definition.endsAt <= edit.now) continue;
    const change = changeOf(window, definition);
    if (change === null) continue;
    if (window === undefined) await createWindowIn(db, definition, edit);
    else await updateWindowIn(db, window.id, definition, window.version, edit);
    changes.push(change);
  }
  for (const window of left) {
    await endWindowIn(db, window.id, edit);
    changes.push({ ...about(window), kind: 'removed', diff: lineDiff(maintenanceLines(definitionOf(window)), []) });
  }
  return changes;
}

function changeOf(
  window: MaintenanceWindow | undefined,
  definition: MaintenanceDefinition,
): ConfigurationChange | null {
  const diff = lineDiff(
    window === undefined ? [] : maintenanceLines(definitionOf(window)),
    maintenanceLines(definition),
  );
  if (!diff.some((line) => !line.startsWith(' '))) return null;
  return { ...about(definition), kind: window === undefined ? 'added' : 'changed', diff };
}

function about({ kind, name }: MaintenanceDefinition): Pick<ConfigurationChange, 'what' | 'name'> {
  return { what: kind === 'silence' ? 'silence' : 'maintenance window', name };
}
