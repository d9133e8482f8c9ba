import type { AlertFilter } from './alertSearch.ts';
import type { AlertRow } from './alertsQueries.ts';
import type { LabelMatcher } from './labelMatcher.ts';

type List<T> = readonly T[] | null | undefined;
type Test = (row: AlertRow) => boolean;

function within<T>(wanted: List<T>, value: T | null): boolean {
  return !wanted || (value !== null && wanted.includes(value));
}

/** A missing label counts as empty, and an expression matches the whole value: as Prometheus does it. */
function labelTest({ name, op, value }: LabelMatcher): Test {
  const actual = (row: AlertRow) => row.labels.find((label) => label.name === name)?.value ?? '';
  if (op === 'EQ') return (row) => actual(row) === value;
  if (op === 'NOT_EQ') return (row) => actual(row) !== value;
  const isWanted = op === 'REGEX';
  try {
    const expression = new RegExp(`^(?:${value})$`);
    return (row) => expression.test(actual(row)) === isWanted;
  } catch {
    // The server knows expressions that the browser does not: its next answer decides.
    return () => false;
  }
}

function textTest(text: string | null | undefined): Test {
  const words = (text ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  return (row) => {
    const fields = [row.title, row.summary ?? '', row.service ?? ''].map((field) => field.toLowerCase());
    return words.every((word) => fields.some((field) => field.includes(word)));
  };
}

function startTest({ startedAfter, startedBefore }: AlertFilter): Test {
  const after = startedAfter ? Date.parse(startedAfter) : Number.NEGATIVE_INFINITY;
  const before = startedBefore ? Date.parse(startedBefore) : Number.POSITIVE_INFINITY;
  return ({ startsAt }) => Date.parse(startsAt) >= after && Date.parse(startsAt) < before;
}

/** Tells of live alerts whether they belong into the list: the API's filter, made once for each filter. */
export function alertTest(filter: AlertFilter): Test {
  const tests: readonly Test[] = [
    (row) => within(filter.statuses, row.status) && within(filter.severities, row.severity),
    (row) => within(filter.services, row.service) && within(filter.environments, row.environment),
    (row) => within(filter.integrationIds, row.integration.id),
    (row) => filter.isStale === null || filter.isStale === undefined || row.isStale === filter.isStale,
    (row) => filter.isFlapping === null || filter.isFlapping === undefined || row.isFlapping === filter.isFlapping,
    startTest(filter),
    textTest(filter.text),
    ...(filter.matchers ?? []).map(labelTest),
  ];
  return (row) => tests.every((test) => test(row));
}
