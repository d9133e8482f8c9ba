import { DomainFailure } from '../domain/errors.js';
import { recordConfigurationChange } from './configurationEvent.js';
import {
  deleteTemplate,
  insertTemplate,
  type StoredTemplate,
  templateById,
  updateTemplate,
} from './messageTemplate.js';
import { type Edit, missing, refuseStale } from './onCallEdit.js';
import type { Queryable } from './pool.js';

export type TemplateDraft = Omit<StoredTemplate, 'id' | 'version'>;

/**
 * Adds a text, or changes one, in the caller's transaction; kind, key and type of one that is there stay.
 * @param id null: a new one. @param expectedVersion null: it overwrites
 * @throws DomainFailure NOT_FOUND, CONFLICT, INVALID_INPUT
 */
export async function saveTemplateIn(
  db: Queryable,
  id: number | null,
  draft: TemplateDraft,
  expectedVersion: number | null,
  { actor, now }: Edit,
): Promise<StoredTemplate> {
  const before = id === null ? null : await templateById(db, id);
  if (id !== null && before === null) throw missing('template', id);
  if (before !== null) refuseStale('template', before.version, expectedVersion);
  const after =
    id === null ? await insertTemplate(db, draft, actor.name) : await updateTemplate(db, id, draft, actor.name);
  if (after === null) {
    const message = 'There is a template for this already.';
    throw new DomainFailure({ code: 'INVALID_INPUT', field: 'key', message });
  }
  const action = before === null ? 'created' : 'changed';
  const change = { topic: 'template', action, id: after.id, name: after.key, before, after } as const;
  await recordConfigurationChange(db, actor, change, now);
  return after;
}

/** The built-in text counts again. @throws DomainFailure NOT_FOUND */
export async function deleteTemplateIn(db: Queryable, id: number, { actor, now }: Edit): Promise<void> {
  const before = await templateById(db, id);
  if (before === null) throw missing('template', id);
  await deleteTemplate(db, before.id);
  const change = {
    topic: 'template',
    action: 'removed',
    id: before.id,
    name: before.key,
    before,
    after: null,
  } as const;
  await recordConfigurationChange(db, actor, change, now);
}
