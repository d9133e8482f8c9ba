import { z } from 'zod';
import { actionItemKinds } from './actionItem.js';
import { automationLimits, type ActionKind, type AutomationAction } from './automation.js';
import type { DomainError } from './errors.js';
import type { EventKind } from './event.js';
import { compileIncidentCondition } from './expressionIncident.js';
import { incidentRoles } from './incidentRole.js';
import { severities } from './severity.js';
import { audiences, updateLimits, updateProgresses } from './stakeholderUpdate.js';

export interface AutomationDraft {
  readonly name: string;
  readonly isEnabled: boolean;
  readonly kinds: readonly EventKind[];
  readonly condition: string | null;
  readonly actions: readonly AutomationAction[];
  readonly teamId: number | null;
}

const text = (longest: number) => z.string().trim().min(1).max(longest);
const id = z.coerce.number().int().positive();
const handle = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,38}$/);
const whom = { handle: handle.nullable().default(null), scheduleId: id.nullable().default(null) };
const link = z.url({ protocol: /^https?$/ }).max(2_000);

/** The parameters of each kind of action. */
const shapes = {
  assign: z.strictObject(whom),
  route: z.strictObject({ team: text(100) }),
  setField: z.strictObject({ field: text(40), value: z.union([z.string().max(4_000), z.number(), z.null()]) }),
  setSeverity: z.strictObject({ severity: z.enum(severities) }),
  setType: z.strictObject({ type: text(40) }),
  addTag: z.strictObject({ tag: text(60) }),
  addRole: z.strictObject({ role: z.enum(incidentRoles), ...whom }),
  notify: z
    .strictObject({
      channelId: id.nullable().default(null),
      handle: handle.nullable().default(null),
      text: text(2_000),
    })
    .refine((to) => (to.channelId === null) !== (to.handle === null), 'name a channel or a person, and not both'),
  addLink: z.strictObject({
    linkKind: z.enum(['chat', 'call', 'ticket', 'document', 'other']).default('other'),
    title: text(200),
    url: link,
  }),
  createTask: z.strictObject({ title: text(300), assignee: handle.nullable().default(null) }),
  createActionItem: z.strictObject({
    title: text(300),
    itemKind: z.enum(actionItemKinds).default('prevent'),
    owner: handle.nullable().default(null),
    dueInDays: z.coerce.number().int().min(0).max(365).nullable().default(null),
  }),
  attachRunbook: z.strictObject({ runbookId: id }),
  startEscalation: z.strictObject({
    policyId: id.nullable().default(null),
    level: z.coerce.number().int().min(1).max(50).nullable().default(null),
  }),
  postUpdate: z.strictObject({
    audience: z.enum(audiences).default('internal'),
    progress: z.enum(updateProgresses).default('investigating'),
    title: text(updateLimits.title),
    body: text(updateLimits.body),
  }),
  webhook: z.strictObject({ channelId: id }),
} as const satisfies Readonly<Record<ActionKind, z.ZodType>>;

export type ParsedAction =
  { readonly ok: true; readonly action: AutomationAction } | { readonly ok: false; readonly error: DomainError };

/** @param parameters as JSON; @param field what the error names, e.g. `actions[0]` */
export function parseAction(kind: ActionKind, parameters: string, field: string): ParsedAction {
  const json = parseJson(parameters);
  if (json === undefined) return wrong(`${field}.parameters`, 'The parameters must be a JSON object.');
  const parsed = shapes[kind].safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const where = issue?.path.join('.') ?? '';
    return wrong(`${field}.parameters`, `${where === '' ? kind : where}: ${issue?.message ?? 'is wrong'}.`);
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the shape of its own kind was parsed just now
  return { ok: true, action: { kind, ...parsed.data } as AutomationAction };
}

function parseJson(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

/** The first thing that is wrong with a rule; null: it can be saved. */
export function checkAutomation(draft: AutomationDraft): DomainError | null {
  const refuse = (field: string, message: string): DomainError => ({ code: 'INVALID_INPUT', message, field });
  if (draft.kinds.length === 0) return refuse('kinds', 'Choose at least one event.');
  if (draft.kinds.length > automationLimits.kinds) return refuse('kinds', `At most ${automationLimits.kinds} events.`);
  const foreign = draft.kinds.find((kind) => !kind.startsWith('incident.') || kind === 'incident.automated');
  if (foreign !== undefined) return refuse('kinds', `Rules act on what happens to incidents, not on ${foreign}.`);
  if (draft.actions.length === 0) return refuse('actions', 'A rule needs at least one action.');
  if (draft.actions.length > automationLimits.actions) {
    return refuse('actions', `At most ${automationLimits.actions} actions.`);
  }
  if (draft.condition === null) return null;
  const compiled = compileIncidentCondition(draft.condition);
  return compiled.isValid ? null : compiled.error;
}

function wrong(field: string, message: string): ParsedAction {
  return { ok: false, error: { code: 'INVALID_INPUT', message, field } };
}
