/** Words for environments, in lower case, and the one they are known as. */
const words: ReadonlyMap<string, string> = new Map(
  Object.entries({
    production: ['production', 'prod', 'prd', 'live'],
    staging: ['staging', 'stage', 'stg'],
    preproduction: ['preproduction', 'preprod', 'ppd'],
    development: ['development', 'develop', 'dev'],
    test: ['test', 'testing', 'tst'],
    qa: ['qa', 'quality'],
    uat: ['uat', 'acceptance', 'acc'],
    sandbox: ['sandbox', 'sbx'],
  }).flatMap(([key, spellings]) => spellings.map((word) => [word, key] as const)),
);

/**
 * What environments are stored, shown and compared as: `prod`, `PRODUCTION` and `prd` are one. Labels keep what was sent.
 * Other names, such as `production-eu`, are environments of their own.
 */
export function environmentKey(environment: string | null): string | null {
  if (environment === null) return null;
  const text = environment.trim().toLowerCase();
  return text === '' ? null : (words.get(text.replace(/[-_ ]/g, '')) ?? text);
}

/**
 * The environment that the name of a cluster or namespace tells: `shop-prod` → `production`, `eks-stg-2` → `staging`.
 * Null where it holds no such word, or two that differ.
 */
export function environmentInName(name: string): string | null {
  const found = new Set<string>();
  for (const part of name.toLowerCase().split(/[^a-z]+/)) {
    const key = words.get(part);
    if (key !== undefined) found.add(key);
  }
  const [only] = found;
  return found.size === 1 ? (only ?? null) : null;
}
