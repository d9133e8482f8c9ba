import { isLevel, type Level } from '@tocsin/schema/domain/priority';
import type { CustomFieldValueInput, IncidentPatchInput } from '@tocsin/schema/graphql/inputs';
import type { FieldChange, IncidentPatch } from '@tocsin/schema/postgres/incidentEdit';
import { invalidInput } from '../errors.js';
import { optionalText, requiredText, textList } from './input.js';

export const longest = { title: 200, text: 20_000, name: 100, tag: 60 } as const;
const most = { services: 50, tags: 50, fields: 50 } as const;
/** Clocks differ; an impact that begins later than this is a typing error. */
const futureMs = 5 * 60_000;
const earliestImpact = Date.UTC(2000, 0, 1);

/** @throws ApiFailure INVALID_INPUT */
export function impactTime(time: number, now: number): number {
  if (time <= now + futureMs && time >= earliestImpact) return time;
  throw invalidInput('impactStartedAt', 'impactStartedAt must lie between the year 2000 and now.');
}

/** @throws ApiFailure INVALID_INPUT */
export function levelOf(field: 'impact' | 'urgency', value: number | null | undefined): Level | null {
  if (value == null) return null;
  if (isLevel(value)) return value;
  throw invalidInput(field, `${field} must be from 1 (high) to 3, not ${value}.`);
}

/** @throws ApiFailure INVALID_INPUT */
export function fieldChanges(values: readonly CustomFieldValueInput[]): readonly FieldChange[] {
  if (values.length > most.fields) throw invalidInput('customFields', `At most ${most.fields} fields can be given.`);
  return values.map(({ key, value }) => ({ key, value: value ?? null }));
}

/** What is left out stays. @throws ApiFailure INVALID_INPUT naming the part that is wrong */
export function patchOf(input: IncidentPatchInput, now: number): IncidentPatch {
  const { title, services, tags, impactStartedAt, isRestricted, customFields } = input;
  return {
    ...(title !== undefined && { title: requiredText('title', title ?? '', longest.title) }),
    ...('description' in input && { description: optionalText('description', input.description, longest.text) }),
    ...(services != null && { services: textList('services', services, most.services, longest.title) }),
    ...('environment' in input && { environment: optionalText('environment', input.environment, longest.name) }),
    ...('team' in input && { team: optionalText('team', input.team, longest.name) }),
    ...(tags != null && { tags: textList('tags', tags, most.tags, longest.tag) }),
    ...(impactStartedAt != null && { impactStartedAt: impactTime(impactStartedAt, now) }),
    ...(isRestricted != null && { isRestricted }),
    ...('impact' in input && { impact: levelOf('impact', input.impact) }),
    ...('urgency' in input && { urgency: levelOf('urgency', input.urgency) }),
    ...(customFields != null && { customFields: fieldChanges(customFields) }),
  };
}
