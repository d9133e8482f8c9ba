import { type TemplateEntry, templateFormat } from '@tocsin/schema/domain/configuration/messageTemplates';
import { listTemplates } from '@tocsin/schema/postgres/messageTemplate';
import { deleteTemplateIn, saveTemplateIn } from '@tocsin/schema/postgres/messageTemplateWrite';
import { templateDraftOf } from '../resolvers/notify/templateInput.js';
import { section } from './section.js';

export const templateSection = section<TemplateEntry>({
  format: templateFormat,
  read: async (db) =>
    (await listTemplates(db, null)).map(({ id, kind, key, typeKey, title, body }) => ({
      id,
      entry: { kind, key, type: typeKey, title, body },
    })),
  settle: (template, names, at) => ({ ...template, type: names.spell('incident type', template.type, `${at}.type`) }),
  save: async (db, id, template, _, edit) => saveTemplateIn(db, id, templateDraftOf(template), null, edit),
  remove: (db, { id }, edit) => deleteTemplateIn(db, id ?? 0, edit),
});
