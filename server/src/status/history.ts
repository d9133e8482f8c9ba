import { type ComponentState, type UpdateProgress, worstState } from '@tocsin/schema/domain/stakeholderUpdate';
import { groupBy } from '../work/groupBy.js';

export const historyDays = 90;
const dayMs = 86_400_000;

interface Update {
  readonly incidentId: number;
  readonly progress: UpdateProgress;
  readonly publishedAt: number;
  readonly components: readonly { readonly componentId: number; readonly state: ComponentState }[];
}

/**
 * The worst that was published of each component on each of the last days (UTC), oldest first: what an update says holds until the
 * next one of its incident, or until now. A component that nothing was said of is not in it.
 * @param updates newest first
 * @param now epoch milliseconds
 */
export function historyOf(updates: readonly Update[], now: number): ReadonlyMap<number, readonly ComponentState[]> {
  const today = Math.floor(now / dayMs);
  const first = today - historyDays + 1;
  const history = new Map<number, ComponentState[]>();
  for (const newestFirst of groupBy(updates, ({ incidentId }) => incidentId).values()) {
    for (const [index, { progress, publishedAt, components }] of newestFirst.entries()) {
      if (progress === 'resolved') continue;
      const until = newestFirst[index - 1]?.publishedAt ?? now;
      const [from, to] = [Math.max(first, Math.floor(publishedAt / dayMs)), Math.min(today, Math.floor(until / dayMs))];
      for (const { componentId, state } of components) {
        const days =
          history.get(componentId) ?? Array.from({ length: historyDays }, (): ComponentState => 'operational');
        history.set(componentId, days);
        for (let day = from; day <= to; day++) {
          days[day - first] = worstState([state, days[day - first] ?? 'operational']);
        }
      }
    }
  }
  return history;
}
