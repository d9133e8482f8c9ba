import type { NormalisedAlert } from '@tocsin/schema/domain/alert';
import { BadField } from '@tocsin/schema/domain/fields';
import { mappedDraft, mappedElement, mappedElements, type MappedElement } from '@tocsin/schema/domain/mapping';
import { normalise } from '@tocsin/schema/domain/normalise';
import type { Integration } from '@tocsin/schema/domain/source';
import { readAny, refusedBody } from './fields.js';
import type { ParsedDelivery, RejectedAlert } from './sources/source.js';

/** Of one body; what is left then is a dead letter, so that one sender's expressions never hold up the others. */
const longestMs = 2_000;

/** A body as the integration's mapping reads it. @param startedAt where it is one of several, when the first was begun */
export function parseMapped(
  body: unknown,
  integration: Integration,
  receivedAt: number,
  startedAt = performance.now(),
): ParsedDelivery {
  let elements;
  try {
    elements = mappedElements(body, integration.mapping);
  } catch (failure) {
    if (!(failure instanceof BadField)) throw failure;
    return refusedBody(failure);
  }
  const isList = integration.mapping.some(({ field }) => field === 'alerts');
  const read = readElements(elements, integration, receivedAt, startedAt);
  const [only] = read.rejected;
  // A body that is one alert is kept as it came.
  if (!isList && only !== undefined) {
    return { ok: false, code: 'MALFORMED_PAYLOAD', message: only.message, path: only.path || null };
  }
  return { ok: true, ...read };
}

/** One alert of a list that was a dead letter, read on its own. */
export function parseMappedOne(sent: unknown, integration: Integration, receivedAt: number): ParsedDelivery {
  try {
    return { ok: true, ...readElements([mappedElement(sent)], integration, receivedAt, performance.now()) };
  } catch (failure) {
    if (!(failure instanceof BadField)) throw failure;
    return refusedBody(failure);
  }
}

function readElements(
  elements: readonly MappedElement[],
  integration: Integration,
  receivedAt: number,
  startedAt: number,
): { readonly alerts: NormalisedAlert[]; readonly rejected: RejectedAlert[] } {
  return readAny(
    elements.map(({ sent }) => sent),
    (index) => elements[index]?.path ?? '',
    (_, index) => {
      const element = elements[index];
      if (element === undefined || performance.now() - startedAt > longestMs) {
        throw new BadField(`the mapping takes too long on this body: it was stopped after ${longestMs / 1_000} s`);
      }
      return normalise(mappedDraft(element, integration.mapping, integration), integration, receivedAt);
    },
  );
}
