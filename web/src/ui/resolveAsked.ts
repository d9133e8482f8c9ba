import type { IncidentRow } from '../graphql/incidentFields.ts';
import { resolveIncident } from '../graphql/incidentMutations.ts';
import { confirmResolve } from './resolveQuestion.ts';
import type { Act } from './useAct.ts';

type Resolvable = Pick<IncidentRow, 'id' | 'version' | 'reference' | 'firingAlertCount'>;

/** Resolves an incident, asking first where alerts still fire. */
export async function resolveAsked(incident: Resolvable, act: Act): Promise<void> {
  if (!(await confirmResolve([incident]))) return;
  const { id, version, reference } = incident;
  await act(resolveIncident, { id, expectedVersion: version }, `${reference} resolved`);
}
