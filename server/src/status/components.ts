import type { ComponentState } from '@tocsin/schema/domain/stakeholderUpdate';
import { mostPublicUpdates } from '@tocsin/schema/postgres/stakeholderUpdate';
import type { StatusComponent, StatusPageView } from '@tocsin/schema/postgres/statusPage';
import { escapeHtml } from '../respond/notify/mailHtml.js';
import { groupBy } from '../work/groupBy.js';
import { historyDays, historyOf } from './history.js';
import { dayText, stateWords } from './words.js';

const dayMs = 86_400_000;

/** Every component by its group: how it is now, and what was published of it on each of the last ninety days. */
export function componentsHtml({ components, states, updates }: StatusPageView, now: number): string {
  const history = historyOf(updates, now);
  // Where more was published than is read, nothing is claimed of the days before.
  const knownFrom = updates.length < mostPublicUpdates ? 0 : (updates.at(-1)?.publishedAt ?? 0);
  return [...groupBy(components, ({ group }) => group ?? '')]
    .map(([group, members]) => {
      const heading = group === '' ? '' : `<h3 class="group">${escapeHtml(group)}</h3>`;
      const rows = members.map((each) =>
        component(each, states.get(each.id) ?? 'operational', daysHtml(history.get(each.id) ?? [], { now, knownFrom })),
      );
      return `${heading}<ul class="components">${rows.join('')}</ul>`;
    })
    .join('');
}

function component({ title }: StatusComponent, state: ComponentState, days: string): string {
  return `<li data-state="${state}"><div class="component"><span>${escapeHtml(title)}</span><span class="state">${stateWords[state]}</span></div>${days}</li>`;
}

interface Known {
  readonly now: number;
  /** Epoch milliseconds; of days before it not everything is known. */
  readonly knownFrom: number;
}

function daysHtml(states: readonly ComponentState[], { now, knownFrom }: Known): string {
  const bars = Array.from({ length: historyDays }, (_, index) => {
    const state = states[index] ?? 'operational';
    const day = now - (historyDays - 1 - index) * dayMs;
    if (state !== 'operational') return `<i data-day="${state}" title="${dayText(day)}: ${stateWords[state]}"></i>`;
    return day < knownFrom ? '<i data-day="unknown"></i>' : '<i></i>';
  });
  const troubled = states.filter((state) => state !== 'operational').length;
  const words =
    troubled === 0 ? 'nothing published' : `${troubled} ${troubled === 1 ? 'day' : 'days'} with an incident`;
  return `<div class="days" aria-hidden="true">${bars.join('')}</div>
<p class="span"><b class="all">${historyDays} days ago</b><b class="few">45 days ago</b><b><span class="all">${words}</span></b><b>today</b></p>`;
}
