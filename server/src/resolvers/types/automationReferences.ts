import type { AutomationAction } from '@tocsin/schema/domain/automation';
import type { ApiContext } from '../../context.js';
import { invalidInput } from '../../errors.js';

/**
 * What actions name has to be there; and a rule of a team speaks through its own channels and those of nobody, or its managers
 * would have a say in the others'.
 * @throws ApiFailure INVALID_INPUT naming the place, e.g. `actions[0].parameters`
 */
export async function checkReferences(
  { loaders }: Pick<ApiContext, 'loaders'>,
  actions: readonly AutomationAction[],
  teamId: number | null,
): Promise<void> {
  for (const [index, action] of actions.entries()) {
    const problem = await problemOf(loaders, action, teamId);
    if (problem !== null) throw invalidInput(`actions[${index}].parameters`, problem);
  }
}

async function problemOf(
  loaders: ApiContext['loaders'],
  action: AutomationAction,
  teamId: number | null,
): Promise<string | null> {
  if ('channelId' in action && action.channelId !== null) {
    const channel = (await loaders.channels()).find(({ id }) => id === action.channelId);
    if (channel === undefined) return `There is no channel ${action.channelId}.`;
    const isForeign = teamId !== null && channel.teamId !== null && channel.teamId !== teamId;
    return isForeign ? `The channel ${channel.name} is another team's.` : null;
  }
  if ('scheduleId' in action && action.scheduleId !== null) {
    const isThere = (await loaders.schedules()).some(({ id }) => id === action.scheduleId);
    return isThere ? null : `There is no schedule ${action.scheduleId}.`;
  }
  if ('policyId' in action && action.policyId !== null) {
    const isThere = (await loaders.policies()).some(({ id }) => id === action.policyId);
    return isThere ? null : `There is no escalation policy ${action.policyId}.`;
  }
  if (action.kind !== 'attachRunbook') return null;
  const runbook = await loaders.runbook.load(action.runbookId);
  return runbook === null ? `There is no runbook ${action.runbookId}.` : null;
}
