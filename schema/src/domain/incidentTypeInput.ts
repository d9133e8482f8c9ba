import type { DomainError } from './errors.js';
import { typeLimits, type CustomField, type IncidentTypeDefinition } from './incidentType.js';
import { workflowProblems } from './workflowProblems.js';

/** What somebody wants to save. */
export interface IncidentTypeDraft {
  readonly key: string;
  readonly title: string;
  readonly isRestricted: boolean;
  readonly definition: IncidentTypeDefinition;
}

const keyPattern = /^[a-z][a-z0-9_]{0,39}$/;
const longestTitle = 100;
const longestItem = 500;
// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const controls = /[\u0000-\u001f\u007f]|\p{Cs}/u;

/** The first thing that is wrong with the draft, and of its workflow all that is; null: it can be saved. */
export function checkIncidentType(draft: IncidentTypeDraft): DomainError | null {
  const { key, title, definition } = draft;
  if (!keyPattern.test(key) || key.length < 2) return wrong('key', `"${key.slice(0, 40)}" ${keyRule}`);
  return (
    checkTitle('title', title, longestTitle) ??
    checkCounts(definition) ??
    checkNames(definition) ??
    checkFields(definition.fields) ??
    checkRoles(definition) ??
    checkWays(definition)
  );
}

const keyRule = 'is no key: it begins with a small letter and has small letters, digits and _, 2 to 40 of them.';

function checkCounts({ workflow, fields, closing }: IncidentTypeDefinition): DomainError | null {
  const counts = [
    ['definition.statuses', workflow.statuses.length, typeLimits.statuses],
    ['definition.transitions', workflow.transitions.length, typeLimits.transitions],
    ['definition.fields', fields.length, typeLimits.fields],
    ['definition.closing.fields', closing.fields.length, typeLimits.fields],
  ] as const;
  const beyond = counts.find(([, count, most]) => count > most);
  return beyond === undefined ? null : wrong(beyond[0], `${beyond[0]} must have at most ${beyond[2]} items.`);
}

function checkNames({ workflow, fields }: IncidentTypeDefinition): DomainError | null {
  const named = [
    ...workflow.statuses.map((each, index) => [`definition.statuses[${index}]`, each] as const),
    ...fields.map((each, index) => [`definition.fields[${index}]`, each] as const),
  ];
  for (const [field, { key, title }] of named) {
    if (!keyPattern.test(key)) return wrong(`${field}.key`, `"${key.slice(0, 40)}" ${keyRule}`);
    const problem = checkTitle(`${field}.title`, title, longestTitle);
    if (problem !== null) return problem;
  }
  const twice = fields.findIndex(({ key }, index) => fields.findIndex((each) => each.key === key) !== index);
  return twice < 0 ? null : wrong(`definition.fields[${twice}].key`, `Two fields are called "${fields[twice]?.key}".`);
}

function checkFields(fields: readonly CustomField[]): DomainError | null {
  for (const [index, { kind, choices, reportOrder, isRequiredInReport, title }] of fields.entries()) {
    const at = `definition.fields[${index}]`;
    if (kind === 'choice' ? choices.length === 0 : choices.length > 0) {
      const rule = kind === 'choice' ? 'needs at least one choice' : 'is no choice, so it has no choices';
      return wrong(`${at}.choices`, `${title} ${rule}.`);
    }
    if (choices.length > typeLimits.choices || new Set(choices).size < choices.length) {
      return wrong(`${at}.choices`, `The choices of ${title} must differ, and be at most ${typeLimits.choices}.`);
    }
    for (const choice of choices) {
      const problem = checkTitle(`${at}.choices`, choice, longestTitle);
      if (problem !== null) return problem;
    }
    if (isRequiredInReport && reportOrder === null) {
      return wrong(`${at}.reportOrder`, `${title} is required in the report, so it needs a place there.`);
    }
  }
  return null;
}

function checkRoles({ roles }: IncidentTypeDefinition): DomainError | null {
  for (const [index, { role, checklist }] of roles.entries()) {
    const at = `definition.roles[${index}]`;
    if (roles.findIndex((each) => each.role === role) !== index) return wrong(`${at}.role`, `${role} stands twice.`);
    if (checklist.length > typeLimits.items) {
      return wrong(`${at}.checklist`, `A checklist has at most ${typeLimits.items} items.`);
    }
    for (const [item, { key, text }] of checklist.entries()) {
      if (!keyPattern.test(key) || checklist.findIndex((each) => each.key === key) !== item) {
        return wrong(
          `${at}.checklist[${item}].key`,
          `The keys of a checklist must differ; "${key.slice(0, 40)}" is wrong.`,
        );
      }
      const problem = checkTitle(`${at}.checklist[${item}].text`, text, longestItem);
      if (problem !== null) return problem;
    }
  }
  return null;
}

function checkWays(definition: IncidentTypeDefinition): DomainError | null {
  const problems = workflowProblems(definition);
  const [first] = problems;
  if (first === undefined) return null;
  return wrong(`definition.${first.field}`, problems.map(({ message }) => message).join(' '));
}

function checkTitle(field: string, text: string, longest: number): DomainError | null {
  if (text.trim() === '') return wrong(field, `${field} must not be empty.`);
  if (text.length > longest) return wrong(field, `${field} must have at most ${longest} characters.`);
  return controls.test(text) ? wrong(field, `${field} must not hold control characters.`) : null;
}

function wrong(field: string, message: string): DomainError {
  return { code: 'INVALID_INPUT', message, field };
}
