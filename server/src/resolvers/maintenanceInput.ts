import { type MaintenanceDefinition, maintenanceLimits as limits } from '@tocsin/schema/domain/maintenance';
import type { MaintenanceInput } from '@tocsin/schema/graphql/maintenance';
import { optionalText, requiredText } from './input.js';

const longest = { rrule: 300, timeZone: 100, match: 10_000 } as const;

/** The definition that the input states; what it means is checked by the domain. @throws ApiFailure INVALID_INPUT */
export function definitionOfInput(input: MaintenanceInput): MaintenanceDefinition {
  return {
    kind: input.kind,
    name: requiredText('name', input.name, limits.name),
    comment: optionalText('comment', input.comment, limits.comment),
    match: requiredText('match', input.match, longest.match),
    startsAt: input.startsAt,
    endsAt: input.endsAt ?? null,
    rrule: optionalText('rrule', input.rrule, longest.rrule),
    timeZone: optionalText('timeZone', input.timeZone, longest.timeZone),
    durationSeconds: input.durationSeconds ?? null,
  };
}
