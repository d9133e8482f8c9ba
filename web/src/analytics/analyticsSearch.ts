import type { Severity } from '../graphql/graphql.ts';
import { severities } from '../ui/words.ts';
import { dimensions, type KpiDimension, type KpiMetric, type KpiQuery, metrics } from './kpiTypes.ts';
import { type Period, type RangeName, rangeNames, rollingPeriod } from './period.ts';

export type BreakdownSort = 'value' | 'name' | 'n';

/** What the address says. Absent means the default; lists are never empty. */
export interface AnalyticsSearch {
  readonly range?: RangeName;
  /** With `to`: a period of its own instead of a range. */
  readonly from?: string;
  readonly to?: string;
  readonly service?: readonly string[];
  readonly severity?: readonly Severity[];
  readonly team?: readonly string[];
  readonly environment?: readonly string[];
  readonly trend?: KpiMetric;
  readonly table?: true;
  readonly metric?: KpiMetric;
  readonly by?: KpiDimension;
  readonly sort?: BreakdownSort;
}

export const defaultRange: RangeName = '7d';
const sorts: readonly BreakdownSort[] = ['value', 'name', 'n'];

function texts(value: unknown): readonly string[] | undefined {
  const list = Array.isArray(value) ? value : [value];
  const kept = list.flatMap((each) => (typeof each === 'string' || typeof each === 'number' ? [String(each)] : []));
  return kept.length > 0 ? kept : undefined;
}

function custom(from: unknown, to: unknown): Pick<AnalyticsSearch, 'from' | 'to'> {
  if (typeof from !== 'string' || typeof to !== 'string') return {};
  return Date.parse(from) < Date.parse(to) ? { from, to } : {};
}

type Loose = { readonly [K in keyof AnalyticsSearch]: AnalyticsSearch[K] | undefined };

function withoutUndefined(loose: Loose): AnalyticsSearch {
  return Object.fromEntries(Object.entries(loose).filter(([, value]) => value !== undefined));
}

/** Reads the address; what is not understood is left out rather than refused, so an old link still opens. */
export function parseAnalyticsSearch(search: Record<string, unknown>): AnalyticsSearch {
  const chosen = severities.filter((each) => texts(search['severity'])?.includes(each));
  return withoutUndefined({
    range: rangeNames.find((name) => name === search['range'] && name !== defaultRange),
    ...custom(search['from'], search['to']),
    service: texts(search['service']),
    severity: chosen.length > 0 ? chosen : undefined,
    team: texts(search['team']),
    environment: texts(search['environment']),
    trend: metrics.find((metric) => metric === search['trend']),
    table: search['table'] === true ? true : undefined,
    metric: metrics.find((metric) => metric === search['metric']),
    by: dimensions.find((dimension) => dimension === search['by']),
    sort: sorts.find((sort) => sort === search['sort'] && sort !== 'value'),
  });
}

export function periodOf({ range, from, to }: AnalyticsSearch, now: number): Period {
  if (from !== undefined && to !== undefined) return { from: Date.parse(from), to: Date.parse(to) };
  return rollingPeriod(range ?? defaultRange, now);
}

const listed = <T>(values: readonly T[] | undefined): T[] | null => (values ? [...values] : null);

/** The question to the API for an address; days and weeks are those of the viewer's zone. */
export function kpiQueryOf(search: AnalyticsSearch, { from, to }: Period, timeZone: string): KpiQuery {
  return {
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    timeZone,
    filter: {
      services: listed(search.service),
      severities: listed(search.severity),
      teams: listed(search.team),
      environments: listed(search.environment),
      types: null,
    },
  };
}
