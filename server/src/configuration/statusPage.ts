import { type StatusPageEntry, statusPageFormat } from '@tocsin/schema/domain/configuration/statusPage';
import { nameKey } from '@tocsin/schema/domain/service';
import { loadStatusPage, saveStatusPageIn, statusComponents } from '@tocsin/schema/postgres/statusPage';
import { statusPageDraftOf } from '../resolvers/work/updateInput.js';
import { section } from './section.js';

export const statusPageSection = section<StatusPageEntry>({
  format: statusPageFormat,
  read: async (db, names) => {
    const { title, description, isPublic, needsApproval } = await loadStatusPage(db);
    const components = (await statusComponents(db)).map(({ serviceKey, title: shown, group }) => ({
      service: names.spellService(serviceKey),
      title: shown,
      group,
    }));
    return [{ id: null, entry: { title, description, isPublic, needsApproval, components } }];
  },
  // As on the screens, a service need not be in the catalogue.
  settle: (page, names) => ({
    ...page,
    components: page.components.map((component) => ({ ...component, service: names.spellService(component.service) })),
  }),
  save: async (db, _, page, __, edit) => {
    const stored = await statusComponents(db);
    const components = page.components.map((component) => {
      const id = stored.find(({ serviceKey }) => serviceKey === nameKey(component.service))?.id;
      return { ...component, id: id === undefined ? null : String(id) };
    });
    const { version } = await loadStatusPage(db);
    return saveStatusPageIn(db, statusPageDraftOf({ ...page, components }), version, edit);
  },
  remove: null,
});
