import type { IncidentFilter, IncidentPhase, IncidentSort, IncidentType, Severity } from '../graphql/graphql.ts';
import { phases, severities, types } from '../ui/words.ts';

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
  readonly type?: readonly IncidentType[];
  /** An empty string stands for unassigned. */
  readonly assignee?: readonly string[];
  readonly openedAfter?: string;
  readonly openedBefore?: string;
  readonly resolvedAfter?: string;
  readonly resolvedBefore?: string;
  readonly report?: true;
}

const sorts: readonly IncidentSort[] = ['NEWEST', 'OLDEST', 'SEVERITY', 'UPDATED'];

function texts(value: unknown): readonly string[] | undefined {
  const list = Array.isArray(value) ? value : [value];
  const kept = list.flatMap((each) => (typeof each === 'string' || typeof each === 'number' ? [String(each)] : []));
  return kept.length > 0 ? kept : undefined;
}

function known<T extends string>(value: unknown, allowed: readonly T[]): readonly T[] | undefined {
  const kept = allowed.filter((each) => texts(value)?.includes(each));
  return kept.length > 0 ? kept : undefined;
}

function instant(value: unknown): string | undefined {
  return typeof value === 'string' && !Number.isNaN(Date.parse(value)) ? value : undefined;
}

type Loose = { readonly [K in keyof IncidentSearch]: IncidentSearch[K] | undefined };

function withoutUndefined(loose: Loose): IncidentSearch {
  return Object.fromEntries(Object.entries(loose).filter(([, value]) => value !== undefined));
}

/** Reads the address; what is not understood is left out rather than refused, so an old link still opens. */
export function parseIncidentSearch(search: Record<string, unknown>): IncidentSearch {
  return withoutUndefined({
    show: search['show'] === 'all' ? 'all' : undefined,
    text: texts(search['text'])?.[0] || undefined,
    sort: sorts.find((sort) => sort === search['sort'] && sort !== 'SEVERITY'),
    phase: known(search['phase'], phases),
    severity: known(search['severity'], severities),
    service: texts(search['service']),
    environment: texts(search['environment']),
    team: texts(search['team']),
    type: known(search['type'], types),
    assignee: texts(search['assignee']),
    openedAfter: instant(search['openedAfter']),
    openedBefore: instant(search['openedBefore']),
    resolvedAfter: instant(search['resolvedAfter']),
    resolvedBefore: instant(search['resolvedBefore']),
    report: search['report'] === true ? true : undefined,
  });
}

const listed = <T>(values: readonly T[] | undefined): T[] | null => (values ? [...values] : null);

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
