import {
  definitionOfEntry,
  type TypeEntry,
  typeEntryOf,
  typeFormat,
} from '@tocsin/schema/domain/configuration/incidentTypes';
import {
  archiveIncidentTypeIn,
  incidentTypes,
  saveIncidentTypeIn,
  typeDefinitions,
  versionKey,
} from '@tocsin/schema/postgres/incidentType';
import type { Edit } from '@tocsin/schema/postgres/onCallEdit';
import type { Queryable } from '@tocsin/schema/postgres/pool';
import { builtInDefinition } from '@tocsin/schema/domain/builtInTypes';
import { section, type Stored } from './section.js';

/** What alerts open: it cannot go, so a file without it leaves it as it is. */
const ofAlerts = 'operational';

export const typeSection = section<TypeEntry>({
  format: typeFormat,
  read: (db) => readTypes(db),
  settle: (type) => type,
  save: (db, _, type, __, edit) => saveType(db, type, edit),
  // A type that has no incidents more is archived all the same: those that it had name it.
  remove: async (db, { entry }, edit) => {
    if (entry.isArchived || entry.key === ofAlerts) return false;
    return archiveIncidentTypeIn(db, entry.key, true, edit);
  },
});

/** By their keys: types that were made in one transaction are of one time. */
async function readTypes(db: Queryable): Promise<readonly Stored<TypeEntry>[]> {
  const types = (await incidentTypes(db)).toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const definitions = await typeDefinitions(
    db,
    types.map(({ key, version }) => ({ type: key, version })),
  );
  return types.map((type) => {
    const definition = definitions.get(versionKey(type.key, type.version)) ?? builtInDefinition;
    return { id: null, entry: typeEntryOf(type, definition) };
  });
}

async function saveType(db: Queryable, type: TypeEntry, edit: Edit): Promise<void> {
  const { key, title, isRestricted, isArchived } = type;
  const stored = (await incidentTypes(db)).find((each) => each.key === key);
  const before = (await readTypes(db)).find(({ entry }) => entry.key === key)?.entry;
  const isOnlyArchived = before !== undefined && isSame({ ...before, isArchived }, type);
  if (!isOnlyArchived) {
    const draft = { key, title, isRestricted, definition: definitionOfEntry(type) };
    const save = { draft, expectedVersion: stored?.version ?? 0, comment: 'Applied from a file' };
    await saveIncidentTypeIn(db, save, edit);
  }
  await archiveIncidentTypeIn(db, key, isArchived, edit);
}

function isSame(a: TypeEntry, b: TypeEntry): boolean {
  return JSON.stringify(typeFormat.yaml(a)) === JSON.stringify(typeFormat.yaml(b));
}
