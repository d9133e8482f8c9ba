import { environmentKey } from '@tocsin/schema/domain/deriveEnvironment';
import type { AlertFilter, IncidentFilter } from '@tocsin/schema/domain/listFilter';
import type { AlertFilterInput, IncidentFilterInput } from '@tocsin/schema/graphql/filters';
import { invalidInput } from '../errors.js';
import { idOrNull } from './input.js';

const longestText = 500;
const longestRegex = 200;
const mostMatchers = 20;

/** The filter as the database takes it. @throws ApiFailure INVALID_INPUT naming the part that is wrong. */
export function alertFilterOf(input: AlertFilterInput | null | undefined): AlertFilter {
  if (input == null) return {};
  const { integrationIds, incidentId, matchers, environments, ...rest } = input;
  assertText('filter.text', input.text);
  if (matchers != null) assertMatchers(matchers);
  return {
    ...rest,
    ...(matchers != null && { matchers }),
    ...(environments != null && { environments: knownAs(environments) }),
    ...(integrationIds != null && {
      integrationIds: integrationIds.map((id) => filterId('filter.integrationIds', id)),
    }),
    ...(incidentId != null && { incidentId: filterId('filter.incidentId', incidentId) }),
  };
}

export function incidentFilterOf(input: IncidentFilterInput | null | undefined): IncidentFilter {
  assertText('filter.text', input?.text);
  const filter: IncidentFilter = input ?? {};
  return filter.environments == null ? filter : { ...filter, environments: knownAs(filter.environments) };
}

/** Environments as they are stored: who asks for `prod` means `production`. */
function knownAs(environments: readonly string[]): readonly string[] {
  return environments.map((each) => environmentKey(each) ?? each);
}

function filterId(field: string, id: string): number {
  const number = idOrNull(id);
  if (number === null) throw invalidInput(field, `${field} holds "${id.slice(0, 40)}", which is no id.`);
  return number;
}

function assertText(field: string, text: string | null | undefined): void {
  if (text != null && text.length > longestText) {
    throw invalidInput(field, `${field} must have at most ${longestText} characters.`);
  }
}

function assertMatchers(matchers: NonNullable<AlertFilterInput['matchers']>): void {
  if (matchers.length > mostMatchers) {
    throw invalidInput('filter.matchers', `At most ${mostMatchers} matchers can be combined.`);
  }
  for (const { name, op, value } of matchers) {
    if (name === '') throw invalidInput('filter.matchers', 'A matcher needs the name of a label.');
    if ((op === 'REGEX' || op === 'NOT_REGEX') && value.length > longestRegex) {
      throw invalidInput('filter.matchers', `A regular expression must have at most ${longestRegex} characters.`);
    }
  }
}
