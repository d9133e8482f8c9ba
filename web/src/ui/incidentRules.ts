import type { IncidentPhase } from '../graphql/graphql.ts';

/** What the phases allow, to offer only what can work; the server decides. */
export const canAcknowledge = (phase: IncidentPhase): boolean => phase === 'DETECTED' || phase === 'TRIAGED';

export const isOpenPhase = (phase: IncidentPhase): boolean =>
  canAcknowledge(phase) || phase === 'ACKNOWLEDGED' || phase === 'MITIGATED';

export const canResolve = (phase: IncidentPhase): boolean => isOpenPhase(phase);

export const canMitigate = (phase: IncidentPhase): boolean => canAcknowledge(phase) || phase === 'ACKNOWLEDGED';

export const canReopen = (phase: IncidentPhase): boolean =>
  phase === 'RESOLVED' || phase === 'CLOSED' || phase === 'DISMISSED';

export const canAssign = (phase: IncidentPhase): boolean => isOpenPhase(phase) || phase === 'RESOLVED';

export const canMerge = (phase: IncidentPhase): boolean => canAssign(phase);

export const canChangeSeverity = (phase: IncidentPhase): boolean => phase !== 'MERGED';

export const canClose = (phase: IncidentPhase): boolean => phase === 'RESOLVED';
