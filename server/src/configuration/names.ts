import { DomainFailure } from '@tocsin/schema/domain/errors';
import { nameKey } from '@tocsin/schema/domain/service';
import { loadNames, type Named, type NamedKind } from '@tocsin/schema/postgres/configurationNames';
import type { Queryable } from '@tocsin/schema/postgres/pool';

/** What a file calls by name, and tables by id. */
export interface Names {
  /** @param at the place in the file. @throws DomainFailure INVALID_INPUT for what there is not */
  readonly find: (kind: NamedKind, name: string, at: string) => Named;
  /** The name as its thing is spelt; null stays null. @throws as `find` */
  readonly spell: (kind: NamedKind, name: string | null, at: string) => string | null;
  readonly idOf: (kind: NamedKind, name: string | null) => number | null;
  readonly nameOf: (kind: NamedKind, id: number | null) => string | null;
  /** The service as the catalogue spells it; of one that it does not know its key. */
  readonly spellService: (name: string) => string;
}

export async function readNames(db: Queryable): Promise<Names> {
  const byName = new Map<string, Named>();
  const byId = new Map<string, Named>();
  for (const named of await loadNames(db)) {
    const key = keyOf(named.kind, named.name);
    if (!byName.has(key)) byName.set(key, named);
    byId.set(`${named.kind} ${named.id}`, named);
  }
  const look = (kind: NamedKind, name: string): Named | undefined => byName.get(keyOf(kind, name));
  const find: Names['find'] = (kind, name, at) => {
    const found = look(kind, name);
    if (found !== undefined) return found;
    const message = `${at}: there is no ${kind} “${name.slice(0, 60)}”.`;
    throw new DomainFailure({ code: 'INVALID_INPUT', field: at, message });
  };
  return {
    find,
    spell: (kind, name, at) => (name === null ? null : find(kind, name, at).name),
    idOf: (kind, name) => (name === null ? null : (look(kind, name)?.id ?? null)),
    nameOf: (kind, id) => (id === null ? null : (byId.get(`${kind} ${id}`)?.name ?? null)),
    spellService: (name) => look('service', name)?.name ?? nameKey(name),
  };
}

function keyOf(kind: NamedKind, name: string): string {
  return `${kind} ${nameKey(name)}`;
}
