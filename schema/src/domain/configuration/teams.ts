import { z } from 'zod';
import { roles } from '../role.js';
import { type Format, optionalText, stated, text } from './format.js';

const shape = z.strictObject({
  name: text,
  description: optionalText,
  chatUrl: optionalText,
  escalationPolicy: optionalText,
  members: z.array(z.strictObject({ person: text, role: z.enum(roles) })).default([]),
});

export type TeamEntry = z.output<typeof shape>;

/** People stand by their handles: they are no configuration, and must be there. */
export const teamFormat: Format<TeamEntry> = {
  key: 'teams',
  what: 'team',
  shape,
  isSingle: false,
  nameOf: ({ name }) => name,
  yaml: (team) => stated({ ...team }),
};
