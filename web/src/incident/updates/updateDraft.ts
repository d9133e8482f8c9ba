import type { IncidentUpdate } from './updatesQueries.ts';

export const progresses = {
  INVESTIGATING: 'Investigating',
  IDENTIFIED: 'Identified',
  MONITORING: 'Monitoring',
  RESOLVED: 'Resolved',
} as const;
export type Progress = keyof typeof progresses;

export const componentStates = {
  OPERATIONAL: 'Operational',
  MAINTENANCE: 'Under maintenance',
  DEGRADED: 'Degraded',
  PARTIAL_OUTAGE: 'Partial outage',
  MAJOR_OUTAGE: 'Major outage',
} as const;
export type ComponentState = keyof typeof componentStates;

/** What may stand there to begin with, so that nobody starts from nothing at night. */
const starts: Readonly<Record<Progress, string>> = {
  INVESTIGATING: 'We are looking into a problem. We will tell more within 30 minutes.',
  IDENTIFIED: 'We know what causes the problem and are working on it.',
  MONITORING: 'The problem is fixed as far as we can tell. We keep watching.',
  RESOLVED: 'The problem is solved. We are sorry for the trouble.',
};

export interface UpdateDraft {
  readonly id: string | null;
  readonly version: number | null;
  readonly audience: 'INTERNAL' | 'PUBLIC';
  readonly title: string;
  readonly body: string;
  readonly progress: Progress;
  readonly components: Readonly<Record<string, ComponentState>>;
}

export function newDraft(last: IncidentUpdate | undefined): UpdateDraft {
  const progress = last?.progress ?? 'INVESTIGATING';
  return {
    id: null,
    version: null,
    audience: last?.audience ?? 'INTERNAL',
    title: last?.title ?? '',
    body: starts[progress],
    progress,
    components: componentsOf(last),
  };
}

export function draftOf(update: IncidentUpdate): UpdateDraft {
  const { id, version, audience, title, body, progress } = update;
  return { id, version, audience, title, body, progress, components: componentsOf(update) };
}

function componentsOf(update: IncidentUpdate | undefined): Readonly<Record<string, ComponentState>> {
  return Object.fromEntries((update?.components ?? []).map(({ component, state }) => [component.id, state]));
}

/** With another progress; a text that nobody touched goes along. */
export function withProgress(draft: UpdateDraft, progress: Progress): UpdateDraft {
  const isUntouched = draft.body.trim() === '' || draft.body === starts[draft.progress];
  return { ...draft, progress, body: isUntouched ? starts[progress] : draft.body };
}

export function inputOf(incidentId: string, { id, audience, title, body, progress, components }: UpdateDraft) {
  return {
    id,
    incidentId,
    audience,
    title: title.trim(),
    body: body.trim(),
    progress,
    components:
      audience === 'PUBLIC' ? Object.entries(components).map(([componentId, state]) => ({ componentId, state })) : [],
  };
}
