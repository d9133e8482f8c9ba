import { severityWords } from '../ui/words.ts';
import { exactDuration } from './durationField.ts';
import { type DraftRule, isSameRule } from './ruleDraft.ts';
import { groupWord, missingWords, notifyWords, resolveWords } from './ruleWords.ts';
import type { ConfigurationChange } from './rulesQueries.ts';

type Field = readonly [label: string, say: (rule: DraftRule) => string];

const orNone = (text: string | null): string => text?.trim() || 'none';

/** Every field of a rule, as it is read in a diff. */
const fields: readonly Field[] = [
  ['name', ({ name }) => name],
  ['enabled', ({ isEnabled }) => (isEnabled ? 'yes' : 'no')],
  ['match', ({ match }) => match?.trim() || 'every alert'],
  ['same', ({ groupBy }) => groupBy.map(groupWord).join(', ') || 'as the built-in rule'],
  ['window', ({ windowSeconds }) => exactDuration(windowSeconds)],
  ['oldest', ({ maxAgeSeconds }) => exactDuration(maxAgeSeconds)],
  [
    'threshold',
    ({ thresholdCount, thresholdSeconds }) =>
      thresholdCount === null || thresholdSeconds === null
        ? 'none'
        : `${thresholdCount} in ${exactDuration(thresholdSeconds)}`,
  ],
  ['hold', ({ holdSeconds }) => (holdSeconds === 0 ? 'none' : exactDuration(holdSeconds))],
  ['title', ({ titleTemplate }) => orNone(titleTemplate)],
  ['severity', ({ severity }) => (severity ? severityWords[severity] : 'as the alerts')],
  ['team', ({ team }) => orNone(team)],
  ['escalation policy', ({ escalationPolicy }) => orNone(escalationPolicy)],
  ['notify', ({ notify }) => notifyWords[notify]],
  ['without a value', ({ onMissingLabel }) => missingWords[onMissingLabel]],
  ['resolves', ({ resolve }) => resolveWords[resolve]],
  ['quiet period', ({ quietPeriodSeconds }) => exactDuration(quietPeriodSeconds)],
  ['reopens within', ({ reopenWindowSeconds }) => exactDuration(reopenWindowSeconds)],
  ['dependencies', ({ maxHops }) => (maxHops === 0 ? 'none' : `${maxHops} away`)],
];

const whole = (rule: DraftRule, sign: '+' | '-'): string[] =>
  fields.map(([label, say]) => `${sign} ${label}: ${say(rule)}`);

function differing(before: DraftRule, after: DraftRule): string[] {
  return fields.flatMap(([label, say]) => {
    const [was, is] = [say(before), say(after)];
    return was === is ? [] : [`- ${label}: ${was}`, `+ ${label}: ${is}`];
  });
}

/** The rules that have to be lifted to get from one order to the other: those outside the longest run that kept its order. */
function movedKeys(before: readonly DraftRule[], after: readonly DraftRule[]): ReadonlySet<string> {
  const placeBefore = new Map(before.map(({ key }, index) => [key, index]));
  const common = after.filter(({ key }) => placeBefore.has(key));
  const places = common.map(({ key }) => placeBefore.get(key) ?? 0);
  const runs: { readonly length: number; readonly previous: number }[] = [];
  for (const place of places) {
    let best = { length: 1, previous: -1 };
    for (const [earlier, run] of runs.entries()) {
      if ((places[earlier] ?? 0) < place && run.length + 1 > best.length) {
        best = { length: run.length + 1, previous: earlier };
      }
    }
    runs.push(best);
  }
  const kept = new Set<number>();
  let at = runs.reduce((best, run, index) => (run.length > (runs[best]?.length ?? 0) ? index : best), 0);
  while (at >= 0 && runs[at]) {
    kept.add(at);
    at = runs[at]?.previous ?? -1;
  }
  return new Set(common.filter((_, index) => !kept.has(index)).map(({ key }) => key));
}

/** What saving the draft would change, in the form in which the server says such things. */
export function ruleChanges(before: readonly DraftRule[], after: readonly DraftRule[]): readonly ConfigurationChange[] {
  const old = new Map(before.map((rule) => [rule.key, rule]));
  const moved = movedKeys(before, after);
  const kept = new Set(after.map(({ key }) => key));
  const present = after.flatMap((rule): ConfigurationChange[] => {
    const was = old.get(rule.key);
    const about = { what: 'rule', name: rule.name } as const;
    if (!was) return [{ ...about, kind: 'ADDED', diff: whole(rule, '+') }];
    const place = moved.has(rule.key)
      ? [`- place: ${before.indexOf(was) + 1}`, `+ place: ${after.indexOf(rule) + 1}`]
      : [];
    if (!isSameRule(was, rule)) return [{ ...about, kind: 'CHANGED', diff: [...place, ...differing(was, rule)] }];
    return place.length > 0 ? [{ ...about, kind: 'MOVED', diff: place }] : [];
  });
  const removed = before
    .filter(({ key }) => !kept.has(key))
    .map((rule): ConfigurationChange => ({ kind: 'REMOVED', what: 'rule', name: rule.name, diff: whole(rule, '-') }));
  return [...present, ...removed];
}
