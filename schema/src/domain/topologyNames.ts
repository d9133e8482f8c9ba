import { hostOfTarget, serviceOfHost, workloadOfJob, workloadOfPod, workloadOfVolume } from './deriveNames.js';

/** Words that say what kind of thing or where, not which: left out at either end where the rest names a service. */
const affixes: ReadonlySet<string> = new Set(
  'prod production prd live stg staging stage dev development test qa uat svc service app server deployment'.split(' '),
);

/** How names are compared: lower case, with `-` between the parts. */
export function nameKey(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replace(/[^a-z\d\u0080-\uffff]+/g, '-')
    .replace(/^-+|-+$/g, '');
}

/** `prod-rates-svc` → `rates`. At least one part is left. */
export function withoutAffixes(key: string): string {
  const parts = key.split('-');
  while (parts.length > 1 && affixes.has(parts[0] ?? '')) parts.shift();
  while (parts.length > 1 && affixes.has(parts.at(-1) ?? '')) parts.pop();
  return parts.join('-');
}

/** What a value may name, the likeliest first, as keys: itself, its pod's workload, its host, its volume's set, each without affixes. */
export function spellingsOf(value: string): readonly string[] {
  const text = value.trim().toLowerCase();
  const host = /[.:/]/.test(text) ? hostOfTarget(text) : null;
  const path = text.includes('/') && !text.includes('://') ? text.slice(text.lastIndexOf('/') + 1) : null;
  const names = [text, path, host === null ? null : serviceOfHost(host)];
  const spelled = names.flatMap((name) =>
    name === null || name === '' ? [] : [name, workloadOfPod(name), workloadOfJob(name), workloadOfVolume(name)],
  );
  const keys = spelled.flatMap((name) => (name === null ? [] : [nameKey(name), withoutAffixes(nameKey(name))]));
  return [...new Set(keys)].filter((key) => key !== '');
}

/**
 * Runs of the parts of a value that may be a name, the longest first, at its start before elsewhere:
 * `session-cache-main` → `session-cache`, `cache-main`, `session`. A single part inside must be long enough to mean something.
 */
export function* partsOf(value: string): Generator<string> {
  const parts = nameKey(value).split('-').slice(0, 12);
  for (let length = parts.length - 1; length > 0; length--) {
    for (let start = 0; start + length <= parts.length; start++) {
      const run = parts.slice(start, start + length).join('-');
      if (run.length >= (start === 0 || length > 1 ? 3 : 5) && !/^\d+$/.test(run)) yield run;
    }
  }
}
