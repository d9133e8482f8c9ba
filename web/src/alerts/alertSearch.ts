import type { graphql, Severity } from '../graphql/graphql.ts';
import { instant, known, listed, texts, withoutUndefined } from '../lists/searchValues.ts';
import { severities } from '../ui/words.ts';
import { type LabelMatcher, parseMatchers, printMatcher } from './labelMatcher.ts';

export type AlertFilter = ReturnType<typeof graphql.scalar<'AlertFilter'>>;
export type AlertSort = ReturnType<typeof graphql.scalar<'AlertSort'>>;
export type AlertStatus = ReturnType<typeof graphql.scalar<'AlertStatus'>>;

/** What the address of the explorer says. Absent means "not filtered"; lists are never empty. */
export interface AlertSearch {
  readonly status?: readonly AlertStatus[];
  readonly severity?: readonly Severity[];
  readonly service?: readonly string[];
  readonly environment?: readonly string[];
  /** Ids. */
  readonly integration?: readonly string[];
  readonly stale?: true;
  readonly flapping?: true;
  readonly text?: string;
  /** Matchers as Prometheus writes them. */
  readonly labels?: readonly string[];
  readonly startedAfter?: string;
  readonly startedBefore?: string;
  readonly sort?: AlertSort;
  /** The id of the alert that is open. */
  readonly alert?: string;
}

export const alertStatuses: readonly AlertStatus[] = ['FIRING', 'RESOLVED'];
const sorts: readonly AlertSort[] = ['NEWEST', 'OLDEST', 'SEVERITY', 'LAST_RECEIVED'];

function matcherTexts(value: unknown): readonly string[] | undefined {
  const kept = (texts(value) ?? []).flatMap((each) => (parseMatchers(each) ?? []).map(printMatcher));
  return kept.length > 0 ? [...new Set(kept)] : undefined;
}

/** Reads the address; what is not understood is left out rather than refused, so an old link still opens. */
export function parseAlertSearch(search: Record<string, unknown>): AlertSearch {
  return withoutUndefined<AlertSearch>({
    status: known(search['status'], alertStatuses),
    severity: known(search['severity'], severities),
    service: texts(search['service']),
    environment: texts(search['environment']),
    integration: texts(search['integration']),
    stale: search['stale'] === true ? true : undefined,
    flapping: search['flapping'] === true ? true : undefined,
    text: texts(search['text'])?.[0] || undefined,
    labels: matcherTexts(search['labels']),
    startedAfter: instant(search['startedAfter']),
    startedBefore: instant(search['startedBefore']),
    sort: sorts.find((sort) => sort === search['sort'] && sort !== 'NEWEST'),
    alert: texts(search['alert'])?.[0],
  });
}

export function matchersOf(search: AlertSearch): readonly LabelMatcher[] {
  return (search.labels ?? []).flatMap((each) => parseMatchers(each) ?? []);
}

/** The filter of the API for an address. */
export function filterOf(search: AlertSearch): AlertFilter {
  const matchers = matchersOf(search);
  return {
    statuses: listed(search.status),
    severities: listed(search.severity),
    services: listed(search.service),
    environments: listed(search.environment),
    integrationIds: listed(search.integration),
    incidentId: null,
    isStale: search.stale ?? null,
    isFlapping: search.flapping ?? null,
    text: search.text ?? null,
    matchers: matchers.length > 0 ? [...matchers] : null,
    startedAfter: search.startedAfter ?? null,
    startedBefore: search.startedBefore ?? null,
  };
}

export function sortOf(search: AlertSearch): AlertSort {
  return search.sort ?? 'NEWEST';
}

/** Whether anything narrows the list. */
export function isFiltered({ sort: _sort, alert: _alert, ...filters }: AlertSearch): boolean {
  return Object.keys(filters).length > 0;
}
