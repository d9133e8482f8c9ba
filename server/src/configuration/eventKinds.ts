import { DomainFailure } from '@tocsin/schema/domain/errors';
import { eventKinds, type ShownEventKind } from '@tocsin/schema/graphql/eventKinds';

/** The kinds, each once. @throws DomainFailure INVALID_INPUT for one that there is not */
export function knownKinds(kinds: readonly string[], at: string): ShownEventKind[] {
  return [...new Set(kinds)].map((kind, index) => {
    if (isKnown(kind)) return kind;
    const field = `${at}[${index}]`;
    const message = `${field}: there is no kind of event “${kind.slice(0, 60)}”: write e.g. incident.opened.`;
    throw new DomainFailure({ code: 'INVALID_INPUT', field, message });
  });
}

function isKnown(kind: string): kind is ShownEventKind {
  return eventKinds.includes(kind);
}
