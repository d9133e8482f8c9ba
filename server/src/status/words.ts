import type { ComponentState, UpdateProgress } from '@tocsin/schema/domain/stakeholderUpdate';

export const stateWords: Readonly<Record<ComponentState, string>> = {
  operational: 'Operational',
  maintenance: 'Under maintenance',
  degraded: 'Degraded',
  partial_outage: 'Partial outage',
  major_outage: 'Major outage',
};

export const headlines: Readonly<Record<ComponentState, string>> = {
  operational: 'All systems are operational',
  maintenance: 'Maintenance is under way',
  degraded: 'Some systems are degraded',
  partial_outage: 'There is a partial outage',
  major_outage: 'There is a major outage',
};

export const progressWords: Readonly<Record<UpdateProgress, string>> = {
  investigating: 'Investigating',
  identified: 'Identified',
  monitoring: 'Monitoring',
  resolved: 'Resolved',
};

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `28 Nov 2026` of the day in UTC: the page is the same for readers of every zone. */
export function dayText(ms: number): string {
  const date = new Date(ms);
  return `${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

/** `28 Nov 2026, 03:54 UTC` */
export function timeText(ms: number): string {
  return `${dayText(ms)}, ${new Date(ms).toISOString().slice(11, 16)} UTC`;
}
