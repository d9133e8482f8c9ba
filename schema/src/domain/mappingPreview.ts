import type { NormalisedAlert } from './alert.js';
import { BadField } from './fields.js';
import {
  checkMapping,
  evaluateMapped,
  mappedDraft,
  mappedElements,
  mappedFields,
  type FieldMapping,
  type MappedElement,
  type MappedField,
  type MappingError,
} from './mapping.js';
import { normalise } from './normalise.js';
import type { Integration } from './source.js';

export interface MappingPreview {
  readonly errors: readonly MappingError[];
  /** The first of the body; null where it would be refused, or there is none. */
  readonly alert: NormalisedAlert | null;
}

/** What a mapping makes of a body: every fault of it at once, and the first alert. @param now epoch milliseconds */
export function previewMapping(
  json: unknown,
  mapping: readonly FieldMapping[],
  integration: Integration,
  now: number,
): MappingPreview {
  const errors = checkMapping(mapping);
  if (errors.length > 0) return { errors, alert: null };
  try {
    const [first] = mappedElements(json, mapping);
    if (first === undefined) return { errors, alert: null };
    const faults = mapping.flatMap((each) => faultOf(each, first));
    if (faults.length > 0) return { errors: faults, alert: null };
    return { errors, alert: normalise(mappedDraft(first, mapping, integration), integration, now) };
  } catch (failure) {
    if (!(failure instanceof BadField)) throw failure;
    return { errors: [errorOf(failure)], alert: null };
  }
}

function faultOf(each: FieldMapping, element: MappedElement): MappingError[] {
  if (each.field === 'alerts') return [];
  try {
    evaluateMapped(each, element.input);
    return [];
  } catch (failure) {
    if (!(failure instanceof BadField)) throw failure;
    return [errorOf(failure)];
  }
}

/** What an expression gives is no title, no status or no time: the field says which. */
function errorOf({ steps, message }: BadField): MappingError {
  const field = mappedFields.find((name): name is MappedField => name === steps[0]) ?? 'title';
  return { field, message: `${field}: ${message}`, at: null };
}
