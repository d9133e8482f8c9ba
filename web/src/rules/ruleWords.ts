import type { graphql } from '../graphql/graphql.ts';
import { severityWords } from '../ui/words.ts';
import { exactDuration } from './durationField.ts';
import type { DraftRule } from './ruleDraft.ts';

export type NotifyMode = ReturnType<typeof graphql.scalar<'NotifyMode'>>;
export type OnMissingLabel = ReturnType<typeof graphql.scalar<'OnMissingLabel'>>;
export type ResolveMode = ReturnType<typeof graphql.scalar<'ResolveMode'>>;

export const notifyWords = {
  PAGE: 'page whoever is on call',
  RECORD: 'record it quietly',
} as const satisfies Record<NotifyMode, string>;

export const missingWords = {
  SKIP: 'try the next rule',
  OWN: 'give it an incident of its own',
} as const satisfies Record<OnMissingLabel, string>;

export const resolveWords = {
  ALL_RESOLVED: 'by itself, when every alert has resolved',
  MANUAL: 'when a person resolves it',
} as const satisfies Record<ResolveMode, string>;

/** The fields of an alert to group by, with what they are called on screen. */
export const groupFieldWords: Readonly<Record<string, string>> = {
  environment: 'environment',
  service: 'service',
  host: 'host',
  namespace: 'namespace',
  groupKey: 'sender’s group',
  integration: 'integration',
  fingerprint: 'condition',
};

export function groupWord(field: string): string {
  return groupFieldWords[field] ?? field.replace(/^labels\./, 'label ');
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}

type Sentenced = Omit<DraftRule, 'key' | 'id' | 'name' | 'isEnabled'>;

function together({ groupBy, windowSeconds, maxAgeSeconds }: Sentenced): string {
  const window = `while each comes within ${exactDuration(windowSeconds)} of the one before, for ${exactDuration(maxAgeSeconds)} at most`;
  return groupBy.length === 0
    ? `Alerts are grouped as the built-in rule does, ${window}.`
    : `Alerts with the same ${listed(groupBy.map(groupWord))} go into one incident, ${window}.`;
}

function opening({ thresholdCount, thresholdSeconds, holdSeconds }: Sentenced): string {
  const threshold =
    thresholdCount !== null && thresholdSeconds !== null
      ? `after ${thresholdCount} alerts within ${exactDuration(thresholdSeconds)}`
      : null;
  const hold = holdSeconds > 0 ? `if something still fires ${exactDuration(holdSeconds)} later` : null;
  const when = [threshold, hold].filter((each) => each !== null).join(', ');
  return when ? `It opens ${when}.` : 'It opens at once.';
}

function becoming({ severity, team, notify }: Sentenced): string {
  const parts = [
    severity && `is ${severityWords[severity].toLowerCase()}`,
    team && `belongs to ${team}`,
    notify === 'PAGE' ? 'pages' : 'is recorded without paging',
  ];
  return `It ${listed(parts.flatMap((each) => each || []))}.`;
}

function ending({ resolve, quietPeriodSeconds, reopenWindowSeconds }: Sentenced): string {
  const end =
    resolve === 'MANUAL'
      ? 'Only a person resolves it'
      : `It resolves by itself ${exactDuration(quietPeriodSeconds)} after the last alert has`;
  return `${end}; a new alert within ${exactDuration(reopenWindowSeconds)} reopens it.`;
}

/** What the rule does with an alert that it matches, in sentences. */
export function ruleSentences(rule: Sentenced): readonly string[] {
  return [together(rule), opening(rule), becoming(rule), ending(rule)];
}
