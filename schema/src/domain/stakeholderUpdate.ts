export const audiences = ['internal', 'public'] as const;
export type Audience = (typeof audiences)[number];
export const updateStates = ['draft', 'awaiting_approval', 'published', 'rejected'] as const;
export type UpdateState = (typeof updateStates)[number];
export const updateProgresses = ['investigating', 'identified', 'monitoring', 'resolved'] as const;
export type UpdateProgress = (typeof updateProgresses)[number];
/** From fine to worst. */
export const componentStates = ['operational', 'maintenance', 'degraded', 'partial_outage', 'major_outage'] as const;
export type ComponentState = (typeof componentStates)[number];

export const updateLimits = { title: 200, body: 10_000, components: 100 } as const;

export interface UpdateComponent {
  readonly componentId: number;
  readonly state: ComponentState;
}

/** The worst of them; operational without any. */
export function worstState(states: readonly ComponentState[]): ComponentState {
  return states.reduce<ComponentState>(
    (worst, state) => (componentStates.indexOf(state) > componentStates.indexOf(worst) ? state : worst),
    'operational',
  );
}

interface PublishedUpdate {
  readonly incidentId: number;
  readonly progress: UpdateProgress;
  readonly components: readonly UpdateComponent[];
}

/**
 * How each component is: the worst that the newest update of any incident says of it; one that says resolved says nothing bad.
 * @param updates newest first
 */
export function componentStatesOf(updates: readonly PublishedUpdate[]): ReadonlyMap<number, ComponentState> {
  const states = new Map<number, ComponentState>();
  const seen = new Set<number>();
  for (const { incidentId, progress, components } of updates) {
    if (seen.has(incidentId)) continue;
    seen.add(incidentId);
    if (progress === 'resolved') continue;
    for (const { componentId, state } of components) {
      states.set(componentId, worstState([state, states.get(componentId) ?? 'operational']));
    }
  }
  return states;
}

/** Why an update needs a second person before it goes out; null: it does not. */
export function approvalReason(
  audience: Audience,
  { typeTitle, typeNeedsApproval }: { readonly typeTitle: string; readonly typeNeedsApproval: boolean },
  pageNeedsApproval: boolean,
): string | null {
  if (typeNeedsApproval) return `Updates of incidents of the type ${typeTitle} are approved by another person.`;
  if (pageNeedsApproval && audience === 'public') return 'What the status page says is approved by another person.';
  return null;
}
