import type { Definition, TypeInput, TypeRow } from './typeQueries.ts';

export interface TypeDraft {
  readonly key: string;
  readonly title: string;
  readonly isRestricted: boolean;
  readonly definition: Definition;
}

export function draftOf({ key, title, isRestricted, definition }: TypeRow): TypeDraft {
  return { key, title, isRestricted, definition };
}

/** As the API takes it: without what the cache adds. */
export function inputOf({ key, title, isRestricted, definition }: TypeDraft): TypeInput {
  const { statuses, transitions, fields, roles, closing, defaultSeverity, updatesNeedApproval } = definition;
  return {
    key,
    title,
    isRestricted,
    definition: {
      statuses: statuses.map((each) => ({ key: each.key, title: each.title, phase: each.phase })),
      transitions: transitions.map(({ from, to, role, requires }) => ({ from, to, role, requires })),
      fields: fields.map((field) => ({
        key: field.key,
        title: field.title,
        kind: field.kind,
        choices: field.kind === 'CHOICE' ? field.choices : [],
        reportOrder: field.reportOrder,
        isRequiredInReport: field.isRequiredInReport,
      })),
      roles: roles.map(({ role, requiredFrom, checklist }) => ({
        role,
        requiredFrom,
        checklist: checklist.map((item) => ({ key: item.key, text: item.text })),
      })),
      closing: { reviewFrom: closing.reviewFrom, openTasks: closing.openTasks, fields: closing.fields },
      defaultSeverity,
      updatesNeedApproval,
    },
  };
}

/** A key made of what somebody wrote, other than those that are there. */
export function keyOf(title: string, taken: readonly string[]): string {
  const plain = title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+|_+$/g, '')
    .slice(0, 30);
  const base = plain.length < 2 ? 'item' : plain;
  for (let n = 1; ; n++) {
    const key = n === 1 ? base : `${base}_${n}`;
    if (!taken.includes(key)) return key;
  }
}

/** The list with one of its items changed. */
export function changedAt<T>(list: readonly T[], index: number, change: Partial<T>): T[] {
  return list.map((each, at) => (at === index ? { ...each, ...change } : each));
}

export function without<T>(list: readonly T[], index: number): T[] {
  return list.filter((_, at) => at !== index);
}
