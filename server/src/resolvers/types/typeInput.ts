import type { IncidentTypeDefinition } from '@tocsin/schema/domain/incidentType';
import type { IncidentTypeDraft } from '@tocsin/schema/domain/incidentTypeInput';
import type { IncidentTypeInput } from '@tocsin/schema/graphql/incidentTypeInput';

/** The document as it is kept; the domain checks it. */
export function draftOf({ key, title, isRestricted, definition }: IncidentTypeInput): IncidentTypeDraft {
  const { statuses, transitions, fields, roles, closing, defaultSeverity, updatesNeedApproval } = definition;
  return {
    key,
    title: title.trim(),
    isRestricted,
    definition: {
      workflow: {
        statuses: statuses.map((each) => ({ key: each.key, title: each.title.trim(), phase: each.phase })),
        transitions: transitions.map(({ from, to, role, requires }) => ({ from, to, role, requires: [...requires] })),
      },
      fields: fields.map(({ reportOrder, ...field }) => ({
        ...field,
        title: field.title.trim(),
        choices: field.choices.map((choice) => choice.trim()),
        reportOrder: reportOrder ?? null,
      })),
      roles: roles.map(({ role, requiredFrom, checklist }) => ({
        role,
        requiredFrom: requiredFrom ?? null,
        checklist: checklist.map((item) => ({ key: item.key, text: item.text.trim() })),
      })),
      defaultSeverity,
      closing: {
        reviewFrom: closing.reviewFrom ?? null,
        openTasks: closing.openTasks,
        fields: [...closing.fields],
      },
      updatesNeedApproval,
    },
  };
}

/** As GraphQL shows it: the workflow's parts stand beside the others. */
export function definitionObjectOf({ workflow, ...definition }: IncidentTypeDefinition): object {
  return { ...definition, ...workflow };
}
