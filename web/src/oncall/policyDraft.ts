import type { PolicyInput, PolicyRow } from './policyQueries.ts';

/** `person:12`, `schedule:3`, `team:4`, `channel:5`: what a picker holds. */
export type TargetKey = string;

export interface StepDraft {
  readonly key: string;
  readonly delayMinutes: number;
  readonly isRoundRobin: boolean;
  readonly condition: string;
  readonly targets: readonly TargetKey[];
}

export interface PolicyDraft {
  readonly name: string;
  readonly team: string | null;
  readonly repeatCount: number;
  /** Null: an acknowledgement lasts. */
  readonly unacknowledgeMinutes: number | null;
  readonly pageWhen: string;
  readonly steps: readonly StepDraft[];
}

let made = 0;

export function newStep(delayMinutes: number): StepDraft {
  return { key: `new-${made++}`, delayMinutes, isRoundRobin: false, condition: '', targets: [] };
}

export function newPolicy(): PolicyDraft {
  return { name: '', team: null, repeatCount: 2, unacknowledgeMinutes: null, pageWhen: '', steps: [newStep(0)] };
}

export function draftOf(policy: PolicyRow): PolicyDraft {
  return {
    name: policy.name,
    team: policy.team?.name ?? null,
    repeatCount: policy.repeatCount,
    unacknowledgeMinutes: policy.unacknowledgeSeconds === null ? null : policy.unacknowledgeSeconds / 60,
    pageWhen: policy.pageWhen ?? '',
    steps: policy.steps.map((step, index) => ({
      key: String(index),
      delayMinutes: step.delaySeconds / 60,
      isRoundRobin: step.mode === 'ROUND_ROBIN',
      condition: step.condition ?? '',
      targets: step.targets.flatMap(targetKeyOf),
    })),
  };
}

type Target = PolicyRow['steps'][number]['targets'][number];

function targetKeyOf({ person, schedule, team, channel }: Target): readonly TargetKey[] {
  if (person) return [`person:${person.id}`];
  if (schedule) return [`schedule:${schedule.id}`];
  if (team) return [`team:${team.id}`];
  return channel ? [`channel:${channel.id}`] : [];
}

export function inputOf(draft: PolicyDraft, id: string | null): PolicyInput {
  return {
    id,
    name: draft.name.trim(),
    team: draft.team,
    repeatCount: draft.repeatCount,
    unacknowledgeSeconds: draft.unacknowledgeMinutes === null ? null : Math.round(draft.unacknowledgeMinutes * 60),
    pageWhen: draft.pageWhen.trim() || null,
    steps: draft.steps.map(({ delayMinutes, isRoundRobin, condition, targets }) => ({
      delaySeconds: Math.round(delayMinutes * 60),
      mode: isRoundRobin ? 'ROUND_ROBIN' : 'ALL',
      condition: condition.trim() || null,
      targets: targets.map(targetInputOf),
    })),
  };
}

function targetInputOf(key: TargetKey): PolicyInput['steps'][number]['targets'][number] {
  const [kind = '', id = ''] = key.split(':');
  if (kind === 'person') return { personId: id };
  if (kind === 'schedule') return { scheduleId: id };
  return kind === 'team' ? { teamId: id } : { channelId: id };
}

/** `Ada Lovelace`, `on call: Checkout`, `team Payments`, `channel #ops` */
export function targetWords({ person, schedule, team, channel }: Target): string {
  if (person) return person.isActive ? person.name : `${person.name} (switched off)`;
  if (schedule) return `on call: ${schedule.name}`;
  if (team) return `team ${team.name}`;
  return `channel ${channel?.name ?? ''}`.trim();
}

/** `at once`, `after 5 min`, `1 h 30 min later` */
export function delayWords(seconds: number, isFirst: boolean): string {
  if (seconds === 0) return isFirst ? 'At once' : 'Together with the step before';
  const minutes = Math.round(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const words = [hours > 0 ? `${hours} h` : '', minutes % 60 > 0 ? `${minutes % 60} min` : '']
    .filter(Boolean)
    .join(' ');
  return isFirst ? `After ${words || `${seconds} s`}` : `${words || `${seconds} s`} later`;
}

/** `5 min`, `1 h 30 min` */
function minutesWords(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = Math.round((minutes % 60) * 10) / 10;
  return [hours > 0 ? `${hours} h` : '', rest > 0 ? `${rest} min` : ''].filter(Boolean).join(' ');
}

/** When a step comes if nobody answers, counted from the opening: `At once`, `After 20 min`. */
export function stepTime(steps: readonly StepDraft[], index: number): string {
  const minutes = steps.slice(0, index + 1).reduce((sum, { delayMinutes }) => sum + delayMinutes, 0);
  return minutes === 0 ? 'At once' : `After ${minutesWords(minutes)}`;
}

/** Whom a step wakes, as a sentence goes on: `Ada and Bob`, `one of Ada, Bob and Cleo, in turn`. */
export function stepWhom({ targets, isRoundRobin }: StepDraft, nameOf: (key: TargetKey) => string): string {
  const names = targets.map(nameOf);
  const last = names.at(-1);
  if (last === undefined) return 'nobody yet';
  const all = names.length === 1 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
  return isRoundRobin && names.length > 1 ? `one of ${all}, in turn` : all;
}

/** What happens when the last step was taken. */
export function endWords({ repeatCount, unacknowledgeMinutes }: PolicyDraft): string {
  const times = repeatCount === 1 ? 'once more' : repeatCount === 2 ? 'twice more' : `${repeatCount} times more`;
  const again =
    repeatCount === 0 ? 'Then nobody else is woken.' : `Then all of it ${times}, while nobody acknowledges.`;
  if (unacknowledgeMinutes === null) return `${again} Whoever acknowledges ends it.`;
  return `${again} Whoever acknowledges ends it, for ${minutesWords(unacknowledgeMinutes)}: if nothing was done by then, it starts again.`;
}
