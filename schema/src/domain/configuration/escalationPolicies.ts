import { z } from 'zod';
import { type Format, optionalText, stated, text } from './format.js';

const target = z.union(
  [
    z.strictObject({ person: text }),
    z.strictObject({ schedule: text }),
    z.strictObject({ team: text }),
    z.strictObject({ channel: text }),
  ],
  'is exactly one of person, schedule, team and channel',
);
const step = z.strictObject({
  delaySeconds: z.int().default(0),
  mode: z.enum(['all', 'roundRobin']).default('all'),
  condition: optionalText,
  targets: z.array(target),
});
const shape = z.strictObject({
  name: text,
  team: optionalText,
  repeatCount: z.int().default(0),
  unacknowledgeSeconds: z
    .int()
    .nullish()
    .transform((value) => value ?? null),
  pageWhen: optionalText,
  steps: z.array(step),
});

export type PolicyEntry = z.output<typeof shape>;
export type PolicyTarget = z.output<typeof target>;

export const policyFormat: Format<PolicyEntry> = {
  key: 'escalationPolicies',
  what: 'escalation policy',
  shape,
  isSingle: false,
  nameOf: ({ name }) => name,
  yaml: (policy) => stated({ ...policy, steps: policy.steps.map((each) => stated({ ...each })) }),
};
