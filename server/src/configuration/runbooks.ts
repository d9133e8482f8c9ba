import { type RunbookEntry, runbookFormat } from '@tocsin/schema/domain/configuration/runbooks';
import type { Edit } from '@tocsin/schema/postgres/onCallEdit';
import type { Queryable } from '@tocsin/schema/postgres/pool';
import {
  archiveRunbookIn,
  listRunbooks,
  type RunbookDraft,
  runbookLimits,
  saveRunbookIn,
} from '@tocsin/schema/postgres/runbook';
import { optionalText, requiredText, textList } from '../resolvers/input.js';
import type { Names } from './names.js';
import { section } from './section.js';

const mostRunbooks = 10_000;

/** Incidents keep what they were given, so that one which is not in the file is archived. */
export const runbookSection = section<RunbookEntry>({
  format: runbookFormat,
  read: async (db, names) =>
    (await listRunbooks(db, null, mostRunbooks)).map(
      ({ id, title, body, teamId, serviceKeys, typeKeys, condition, isArchived }) => ({
        id,
        entry: {
          title,
          team: names.nameOf('team', teamId),
          services: serviceKeys.map(names.spellService),
          types: [...typeKeys],
          condition,
          isArchived,
          body,
        },
      }),
    ),
  settle: (runbook, names, at) => ({
    ...runbook,
    team: names.spell('team', runbook.team, `${at}.team`),
    // As on the screens, a service need not be in the catalogue.
    services: runbook.services.map(names.spellService),
    types: runbook.types.map((type, index) => names.find('incident type', type, `${at}.types[${index}]`).name),
  }),
  save: saveEntry,
  // It lets go of its team, which may be removed as well.
  remove: async (db, { id, entry }, edit) => {
    if (entry.isArchived && entry.team === null) return false;
    return saveEntry(db, id, { ...entry, team: null, isArchived: true }, null, edit);
  },
});

async function saveEntry(db: Queryable, id: number | null, entry: RunbookEntry, names: Names | null, edit: Edit) {
  const draft: RunbookDraft = {
    id,
    title: requiredText('title', entry.title, runbookLimits.title),
    body: requiredText('body', entry.body, runbookLimits.body),
    teamId: names?.idOf('team', entry.team) ?? null,
    services: textList('services', entry.services, runbookLimits.services, 256),
    types: textList('types', entry.types, runbookLimits.types, 100),
    condition: optionalText('condition', entry.condition, runbookLimits.condition),
  };
  const saved = await saveRunbookIn(db, draft, null, edit);
  return archiveRunbookIn(db, saved.id, entry.isArchived, edit);
}
