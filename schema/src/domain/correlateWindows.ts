import type { CompiledRule } from './correlation.js';
import type { CorrelationRule } from './rule.js';

const minute = 60_000;

/** How far apart in time one cause shows itself. Rules set the windows of groups; these are about causes and effects. */
export const windows = {
  /** An effect follows its cause through timeouts, retries, queues and the `for` of slow alerts. */
  effectMs: 15 * minute,
  /** Where only the catalogue says that the one calls the other, cause and effect are told by time: failed calls show within an evaluation or few. */
  callerMs: 5 * minute,
  /** The same where something stands between the two: the further, the more it takes to conclude. */
  farCallerMs: 3 * minute,
  afterEffectMs: 5 * minute,
  /** What has been alone for so long is alone. */
  aloneMs: 20 * minute,
  /** A cause may be noticed after its first effects, but not much later. */
  causeMs: 10 * minute,
  /** What many services share takes them down together, within an evaluation interval or few. */
  onsetMs: 4 * minute,
  /** A machine's loss shows on its services until their pods run elsewhere. */
  lossMs: 7 * minute,
} as const;

/** The rule behind the last one: the correlation that needs no configuration. */
export const builtInRule: CorrelationRule = {
  id: 'default',
  name: 'Built-in',
  isEnabled: true,
  match: null,
  groupBy: [],
  windowSeconds: 15 * 60,
  maxAgeSeconds: 24 * 3600,
  threshold: null,
  holdSeconds: 0,
  titleTemplate: null,
  severity: null,
  team: null,
  notify: 'page',
  onMissingLabel: 'own',
  resolve: 'allResolved',
  quietPeriodSeconds: 120,
  reopenWindowSeconds: 15 * 60,
  maxHops: 2,
};

export const compiledBuiltInRule: CompiledRule = {
  rule: builtInRule,
  version: 0,
  matches: () => true,
  groupValue: () => null,
};

export function hopsOf({ rule }: CompiledRule): number {
  return rule.maxHops;
}
