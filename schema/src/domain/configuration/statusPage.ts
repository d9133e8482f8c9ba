import { z } from 'zod';
import { type Format, optionalText, stated, text } from './format.js';

const shape = z.strictObject({
  title: text,
  description: optionalText,
  isPublic: z.boolean().default(false),
  needsApproval: z.boolean().default(false),
  components: z.array(z.strictObject({ service: text, title: text, group: optionalText })).default([]),
});

export type StatusPageEntry = z.output<typeof shape>;

export const statusPageFormat: Format<StatusPageEntry> = {
  key: 'statusPage',
  what: 'status page',
  shape,
  isSingle: true,
  nameOf: ({ title }) => title,
  yaml: (page) => stated({ ...page, components: page.components.map((each) => stated({ ...each })) }),
};
