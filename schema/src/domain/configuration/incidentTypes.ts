import { z } from 'zod';
import { builtInDefinition } from '../builtInTypes.js';
import { incidentRoles } from '../incidentRole.js';
import { fieldKinds, type IncidentType, type IncidentTypeDefinition } from '../incidentType.js';
import { severities } from '../severity.js';
import { workflowPhases } from '../workflow.js';
import { type Format, stated, text } from './format.js';

const optionalSeverity = z
  .enum(severities)
  .nullish()
  .transform((value) => value ?? null);
const status = z.strictObject({ key: text, title: text, phase: z.enum(workflowPhases) });
const transition = z.strictObject({
  from: text,
  to: text,
  role: z.enum(['reporter', 'responder', 'manager', 'admin']),
  requires: z.array(text).default([]),
});
const field = z.strictObject({
  key: text,
  title: text,
  kind: z.enum(fieldKinds),
  choices: z.array(text).default([]),
  reportOrder: z
    .int()
    .nullish()
    .transform((value) => value ?? null),
  isRequiredInReport: z.boolean().default(false),
});
const role = z.strictObject({
  role: z.enum(incidentRoles),
  requiredFrom: optionalSeverity,
  checklist: z.array(z.strictObject({ key: text, text })).default([]),
});
const closing = z.strictObject({
  reviewFrom: optionalSeverity,
  openTasks: z.enum(['allowed', 'refused']),
  fields: z.array(text).default([]),
});

/** What is left out is as it is built in. */
const shape = z.strictObject({
  key: text,
  title: text,
  isRestricted: z.boolean().default(false),
  isArchived: z.boolean().default(false),
  defaultSeverity: z.enum(severities).default(builtInDefinition.defaultSeverity),
  updatesNeedApproval: z.boolean().default(builtInDefinition.updatesNeedApproval),
  statuses: z.array(status).default(() => builtIn().statuses),
  transitions: z.array(transition).default(() => builtIn().transitions),
  fields: z.array(field).default([]),
  roles: z.array(role).default(() => builtIn().roles),
  closing: closing.default(() => builtIn().closing),
});

export type TypeEntry = z.output<typeof shape>;
type Parts = Pick<TypeEntry, 'statuses' | 'transitions' | 'roles' | 'closing'>;

/** With the keys in the order of the shape, so that what is equal is written alike. */
function builtIn(): Parts {
  const { workflow, roles, closing: end } = builtInDefinition;
  return {
    statuses: z.array(status).parse(workflow.statuses),
    transitions: z.array(transition).parse(workflow.transitions),
    roles: z.array(role).parse(roles),
    closing: closing.parse(end),
  };
}

export function typeEntryOf(type: IncidentType, { workflow, ...definition }: IncidentTypeDefinition): TypeEntry {
  const { key, title, isRestricted, isArchived } = type;
  return shape.parse({ key, title, isRestricted, isArchived, ...workflow, ...definition });
}

export function definitionOfEntry(entry: TypeEntry): IncidentTypeDefinition {
  const { statuses, transitions, fields, roles, closing: end, defaultSeverity, updatesNeedApproval } = entry;
  return {
    workflow: { statuses, transitions },
    fields,
    roles,
    closing: end,
    defaultSeverity,
    updatesNeedApproval,
  };
}

export const typeFormat: Format<TypeEntry> = {
  key: 'incidentTypes',
  what: 'incident type',
  shape,
  isSingle: false,
  nameOf: ({ key }) => key,
  yaml: (type) => {
    const { key, title, isRestricted, isArchived, defaultSeverity, updatesNeedApproval, fields } = type;
    const parts = {
      statuses: type.statuses,
      transitions: type.transitions.map((each) => stated({ ...each })),
      roles: type.roles.map((each) => stated({ ...each })),
      closing: stated({ ...type.closing }),
    };
    const usual = builtIn();
    const own = Object.entries(parts).filter(
      ([part]) => JSON.stringify(type[asPart(part)]) !== JSON.stringify(usual[asPart(part)]),
    );
    return {
      ...stated({ key, title, isRestricted, isArchived }),
      ...(defaultSeverity !== builtInDefinition.defaultSeverity && { defaultSeverity }),
      ...stated({ updatesNeedApproval, fields: fields.map((each) => stated({ ...each })) }),
      ...Object.fromEntries(own),
    };
  },
};

function asPart(key: string): keyof Parts {
  return key === 'statuses' || key === 'transitions' || key === 'roles' ? key : 'closing';
}
