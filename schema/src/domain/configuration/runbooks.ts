import { z } from 'zod';
import { type Format, optionalText, stated, text } from './format.js';

const shape = z.strictObject({
  title: text,
  team: optionalText,
  services: z.array(text).default([]),
  types: z.array(text).default([]),
  condition: optionalText,
  isArchived: z.boolean().default(false),
  body: text,
});

export type RunbookEntry = z.output<typeof shape>;

export const runbookFormat: Format<RunbookEntry> = {
  key: 'runbooks',
  what: 'runbook',
  shape,
  isSingle: false,
  nameOf: ({ title }) => title,
  mayRepeat: true,
  yaml: (runbook) => stated({ ...runbook }),
};
