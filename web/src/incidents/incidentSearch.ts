import type { IncidentFilter, IncidentPhase, IncidentSort, Severity } from '../graphql/graphql.ts';
import { instant, known, listed, texts, withoutUndefined } from '../lists/searchValues.ts';
import { phases, severities } from '../ui/words.ts';

/** What the address of the incident list says. Absent means "not filtered"; lists are never empty. */
export interface IncidentSearch {
  readonly show?: 'all';
  readonly text?: string;
  readonly sort?: IncidentSort;
  readonly phase?: readonly IncidentPhase[];
  readonly severity?: readonly Severity[];
  readonly service?: readonly string[];
  readonly environment?: readonly string[];
  readonly team?: readonly string[];
  /** Keys of types. */
  readonly type?: readonly string[];
  /** An empty string stands for unassigned. */
  readonly assignee?: readonly string[];
  readonly openedAfter?: string;
  readonly openedBefore?: string;
  readonly resolvedAfter?: string;
  readonly resolvedBefore?: string;
  readonly report?: true;
}

const sorts: readonly IncidentSort[] = ['NEWEST', 'OLDEST', 'SEVERITY', 'UPDATED'];

/** Reads the address; what is not understood is left out rather than refused, so an old link still opens. */
export function parseIncidentSearch(search: Record<string, unknown>): IncidentSearch {
  return withoutUndefined<IncidentSearch>({
    show: search['show'] === 'all' ? 'all' : undefined,
    text: texts(search['text'])?.[0] || undefined,
    sort: sorts.find((sort) => sort === search['sort'] && sort !== 'SEVERITY'),
    phase: known(search['phase'], phases),
    severity: known(search['severity'], severities),
    service: texts(search['service']),
    environment: texts(search['environment']),
    team: texts(search['team']),
    type: texts(search['type']),
    assignee: texts(search['assignee']),
    openedAfter: instant(search['openedAfter']),
    openedBefore: instant(search['openedBefore']),
    resolvedAfter: instant(search['resolvedAfter']),
    resolvedBefore: instant(search['resolvedBefore']),
    report: search['report'] === true ? true : undefined,
  });
}

/** The filter of the API for an address. */
export function filterOf(search: IncidentSearch): IncidentFilter {
  return {
    isOpen: search.show === 'all' || search.phase ? null : true,
    phases: listed(search.phase),
    severities: listed(search.severity),
    services: listed(search.service),
    environments: listed(search.environment),
    teams: listed(search.team),
    types: listed(search.type),
    assignees: listed(search.assignee),
    text: search.text ?? null,
    openedAfter: search.openedAfter ?? null,
    openedBefore: search.openedBefore ?? null,
    resolvedAfter: search.resolvedAfter ?? null,
    resolvedBefore: search.resolvedBefore ?? null,
  };
}

/** The worst first unless the address says otherwise. */
export function sortOf(search: IncidentSearch): IncidentSort {
  return search.sort ?? 'SEVERITY';
}

/** Whether anything narrows the list; the open incidents are what it shows by itself. */
export function isFiltered({ sort: _sort, report: _report, ...filters }: IncidentSearch): boolean {
  return Object.keys(filters).length > 0;
}
