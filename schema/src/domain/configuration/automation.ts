import { z } from 'zod';
import { actionKinds } from '../automation.js';
import { type Format, optionalText, stated, text } from './format.js';

const shape = z.strictObject({
  name: text,
  isEnabled: z.boolean().default(true),
  team: optionalText,
  kinds: z.array(text),
  condition: optionalText,
  // What each kind of action takes is looked at once names are ids.
  actions: z.array(z.looseObject({ kind: z.enum(actionKinds) })),
});

export type AutomationEntry = z.output<typeof shape>;

/** In the order in which they act. */
export const automationFormat: Format<AutomationEntry> = {
  key: 'automation',
  what: 'automation rule',
  shape,
  isSingle: false,
  nameOf: ({ name }) => name,
  isCaseSensitive: true,
  yaml: ({ name, isEnabled, ...rule }) => ({
    name,
    ...(!isEnabled && { isEnabled }),
    ...stated(rule),
  }),
};
