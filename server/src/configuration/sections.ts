import type { ConfigurationChange } from '@tocsin/schema/domain/ruleDiff';
import type { Edit } from '@tocsin/schema/postgres/onCallEdit';
import type { Queryable } from '@tocsin/schema/postgres/pool';
import { automationSection } from './automation.js';
import { channelSection } from './channels.js';
import { policySection } from './escalationPolicies.js';
import { typeSection } from './incidentTypes.js';
import { templateSection } from './messageTemplates.js';
import { readNames } from './names.js';
import { criteriaSection, matrixSection } from './priorities.js';
import { runbookSection } from './runbooks.js';
import { scheduleSection } from './schedules.js';
import type { Section, Step } from './section.js';
import { statusPageSection } from './statusPage.js';
import { teamSection } from './teams.js';

/** In the order of the file. */
export const sections: readonly Section[] = [
  teamSection,
  scheduleSection,
  policySection,
  channelSection,
  typeSection,
  matrixSection,
  criteriaSection,
  templateSection,
  runbookSection,
  automationSection,
  statusPageSection,
];

/** What rules and services may name; and what names them. Each is written after what it names itself. */
const writtenBefore: readonly Section[] = [
  typeSection,
  matrixSection,
  criteriaSection,
  channelSection,
  scheduleSection,
  policySection,
  teamSection,
];
const writtenAfter: readonly Section[] = [templateSection, runbookSection, automationSection, statusPageSection];
/** What names others goes before them. */
const removed: readonly Section[] = [
  statusPageSection,
  automationSection,
  runbookSection,
  templateSection,
  policySection,
  scheduleSection,
  channelSection,
  teamSection,
  criteriaSection,
  matrixSection,
  typeSection,
];

export interface Steps {
  readonly before: readonly Step[];
  readonly after: readonly Step[];
  readonly removed: readonly Step[];
}

/** @throws DomainFailure INVALID_INPUT with the place of what is wrong in a section */
export function stepsOf(further: ReadonlyMap<string, unknown>): Steps {
  const steps = new Map<Section, Step>();
  for (const section of sections) {
    if (further.has(section.key)) steps.set(section, section.parse(further.get(section.key)));
  }
  const inOrder = (order: readonly Section[]): readonly Step[] => order.flatMap((section) => steps.get(section) ?? []);
  return { before: inOrder(writtenBefore), after: inOrder(writtenAfter), removed: inOrder(removed) };
}

export async function announceAll(db: Queryable, { before, after }: Steps, edit: Edit): Promise<void> {
  const names = await readNames(db);
  for (const step of [...before, ...after]) await step.announce(db, names, edit);
}

export async function writeAll(
  db: Queryable,
  steps: readonly Step[],
  edit: Edit,
): Promise<readonly ConfigurationChange[]> {
  const changes: ConfigurationChange[] = [];
  // What a section before it made has a name by now.
  for (const step of steps) changes.push(...(await step.write(db, await readNames(db), edit)));
  return changes;
}

export async function removeAll(
  db: Queryable,
  { removed: steps }: Steps,
  edit: Edit,
): Promise<readonly ConfigurationChange[]> {
  for (const step of steps) await step.loosen(db, edit);
  const changes: ConfigurationChange[] = [];
  for (const step of steps) changes.push(...(await step.remove(db, await readNames(db), edit)));
  return changes;
}
