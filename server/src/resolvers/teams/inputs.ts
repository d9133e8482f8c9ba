import type { Restriction, ScheduleLayer } from '@tocsin/schema/domain/onCall';
import type { EscalationTarget, PolicyStep } from '@tocsin/schema/domain/policyInput';
import { type Role, roles } from '@tocsin/schema/domain/role';
import { minuteOf } from '@tocsin/schema/domain/scheduleInput';
import type { EscalationPolicyInput, EscalationStepInput, EscalationTargetInput } from '@tocsin/schema/graphql/policy';
import type { RestrictionInput, ScheduleInput, ScheduleLayerInput } from '@tocsin/schema/graphql/schedule';
import type { TeamInput } from '@tocsin/schema/graphql/team';
import type { PolicyInput } from '@tocsin/schema/postgres/escalationPolicyWrite';
import type { ScheduleInput as ScheduleDraft } from '@tocsin/schema/postgres/scheduleWrite';
import type { TeamInput as TeamDraft } from '@tocsin/schema/postgres/teamWrite';
import { invalidInput } from '../../errors.js';
import { optionalText, requiredId, requiredText } from '../input.js';

const longestName = 100;
const longestText = 2_000;
/** Also the domain's limit of an expression. */
const longestExpression = 4_000;

export function teamDraftOf(input: TeamInput): TeamDraft {
  return {
    name: requiredText('input.name', input.name, longestName),
    description: optionalText('input.description', input.description, longestText),
    chatUrl: optionalText('input.chatUrl', input.chatUrl, longestText),
    escalationPolicyId: optionalId('escalation policy', input.escalationPolicyId),
    members:
      input.members?.map(({ personId, role }) => ({ personId: requiredId('person', personId), role: roleOf(role) })) ??
      null,
  };
}

function roleOf(text: string): Role {
  const role = roles.find((each) => each === text);
  if (role === undefined) throw invalidInput('input.members', `${text} is no role.`);
  return role;
}

export function scheduleDraftOf(input: ScheduleInput): ScheduleDraft {
  return {
    id: optionalId('schedule', input.id),
    name: requiredText('input.name', input.name, longestName),
    team: optionalText('input.team', input.team, longestName),
    timeZone: requiredText('input.timeZone', input.timeZone, longestName),
    layers: input.layers.map(layerOf),
  };
}

function layerOf(input: ScheduleLayerInput, index: number): ScheduleLayer {
  const at = `input.layers[${index}]`;
  return {
    name: requiredText(`${at}.name`, input.name, longestName),
    startsOn: input.startsOn,
    endsOn: input.endsOn ?? null,
    handoffMinute: minutes(`${at}.handoffTime`, input.handoffTime),
    turnUnit: input.turnUnit,
    turnLength: input.turnLength,
    members: input.memberIds.map((id) => requiredId('person', id)),
    restrictions: input.restrictions.map((each) => restrictionOf(each, `${at}.restrictions`)),
  };
}

function restrictionOf({ weekdays, from, until }: RestrictionInput, field: string): Restriction {
  return {
    weekdays: [...new Set(weekdays)].toSorted((a, b) => a - b),
    fromMinute: minutes(field, from),
    untilMinute: minutes(field, until),
  };
}

function minutes(field: string, time: string): number {
  const minute = minuteOf(time);
  if (minute === null) throw invalidInput(field, `${time.slice(0, 20)} is no time of day: write 09:00.`);
  return minute;
}

export function policyDraftOf(input: EscalationPolicyInput): PolicyInput {
  return {
    id: optionalId('escalation policy', input.id),
    name: requiredText('input.name', input.name, longestName),
    team: optionalText('input.team', input.team, longestName),
    repeatCount: input.repeatCount,
    unacknowledgeSeconds: input.unacknowledgeSeconds ?? null,
    pageWhen: optionalText('input.pageWhen', input.pageWhen, longestExpression),
    steps: input.steps.map(stepOf),
  };
}

function stepOf({ delaySeconds, mode, condition, targets }: EscalationStepInput, index: number): PolicyStep {
  const at = `input.steps[${index}]`;
  return {
    delaySeconds,
    mode,
    condition: optionalText(`${at}.condition`, condition, longestExpression),
    targets: targets.map((target) => targetOf(target, `${at}.targets`)),
  };
}

function targetOf({ personId, scheduleId, teamId, channelId }: EscalationTargetInput, field: string): EscalationTarget {
  const named: readonly (EscalationTarget | null)[] = [
    personId == null ? null : { kind: 'person', id: requiredId('person', personId) },
    scheduleId == null ? null : { kind: 'schedule', id: requiredId('schedule', scheduleId) },
    teamId == null ? null : { kind: 'team', id: requiredId('team', teamId) },
    channelId == null ? null : { kind: 'channel', id: requiredId('channel', channelId) },
  ];
  const given = named.filter((each) => each !== null);
  const [target] = given;
  if (target === undefined || given.length > 1) throw invalidInput(field, 'A target is exactly one of its fields.');
  return target;
}

export function optionalId(what: string, id: string | null | undefined): number | null {
  return id == null ? null : requiredId(what, id);
}

/** Null: whoever saves says nothing about what they have read. */
export function expectedOf(version: number | null | undefined): number | null {
  return version ?? null;
}
