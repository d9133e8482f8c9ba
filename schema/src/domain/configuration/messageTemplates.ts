import { z } from 'zod';
import { type Format, optionalText, stated, text } from './format.js';

const shape = z.strictObject({
  kind: z.enum(['notification', 'stakeholder']),
  key: text,
  type: optionalText,
  title: text,
  body: text,
});

export type TemplateEntry = z.output<typeof shape>;

/** Those that somebody saved: without them the built-in texts count. */
export const templateFormat: Format<TemplateEntry> = {
  key: 'messageTemplates',
  what: 'message template',
  shape,
  isSingle: false,
  nameOf: ({ kind, key, type }) => `${kind} ${key}${type === null ? '' : ` for ${type}`}`,
  isCaseSensitive: true,
  yaml: (template) => stated({ ...template }),
};
