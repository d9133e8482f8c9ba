import type { CompiledRule } from '../domain/correlation.js';
import type { RuleSet } from '../domain/rule.js';
import { compileRules } from '../domain/ruleCompile.js';
import type { RuleProblem } from '../domain/ruleInput.js';
import { configurationChannel } from './configurationVersion.js';
import { listen, type Listener } from './listen.js';
import type { Pool } from './pool.js';
import { currentRuleSet, currentRuleSetVersion } from './ruleSet.js';

/** One version, compiled. It never changes: whoever decides with it can name it, whatever is saved meanwhile. */
export interface CurrentRules {
  readonly version: number;
  readonly ruleSet: RuleSet;
  /** The enabled rules in order. */
  readonly rules: readonly CompiledRule[];
}

export interface RuleCache {
  /** What this process decides with now; another process may be a version ahead for as long as a NOTIFY takes. */
  readonly current: () => CurrentRules;
  /** Looks whether there is a newer version; calls at once share one look. */
  readonly refresh: () => Promise<CurrentRules>;
  /** Loads the rules, then follows them until it is stopped. */
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

export interface RuleCacheOptions {
  /** For a LISTEN connection of its own. Without it whoever listens to `tocsin_configuration` calls `refresh`. */
  readonly databaseUrl?: string;
  /** For a NOTIFY that was lost. @default 5000 */
  readonly pollMs?: number;
  /** Postgres is away: the rules stay as they are. */
  readonly onError?: (error: Error) => void;
  /** A saved rule does not compile any more (a newer program saved it): it is left out. */
  readonly onProblem?: (problem: RuleProblem, version: number) => void;
}

/** The rules of this process, compiled once for each version. */
export function createRuleCache(pool: Pool, options: RuleCacheOptions = {}): RuleCache {
  const { databaseUrl, pollMs = 5_000, onError = () => undefined, onProblem = () => undefined } = options;
  let current: CurrentRules = { version: 0, ruleSet: { version: 0, rules: [] }, rules: [] };
  let running: Promise<CurrentRules> | null = null;
  let queued: Promise<CurrentRules> | null = null;
  let listener: Listener | null = null;
  let poll: NodeJS.Timeout | null = null;

  async function look(): Promise<CurrentRules> {
    if ((await currentRuleSetVersion(pool)) === current.version) return current;
    const ruleSet = await currentRuleSet(pool);
    const { rules, problems } = compileRules(ruleSet);
    for (const problem of problems) onProblem(problem, ruleSet.version);
    current = { version: ruleSet.version, ruleSet, rules };
    return current;
  }

  /** A look that is under way may have read before the change that this call is about, so another one follows it. */
  function refresh(): Promise<CurrentRules> {
    if (running === null) {
      running = look().finally(() => (running = null));
      return running;
    }
    queued ??= running
      .catch(() => undefined)
      .then(() => {
        queued = null;
        return refresh();
      });
    return queued;
  }

  const follow = (): void => {
    refresh().catch((error: unknown) => onError(error instanceof Error ? error : new Error(String(error))));
  };

  return {
    current: () => current,
    refresh,
    start: async () => {
      await refresh();
      poll = setInterval(follow, pollMs);
      poll.unref();
      if (databaseUrl === undefined) return;
      listener = listen({
        connectionString: databaseUrl,
        applicationName: 'tocsin-rules',
        channels: [configurationChannel],
        onNotify: follow,
        onError,
      });
    },
    stop: async () => {
      if (poll) clearInterval(poll);
      await listener?.stop();
      await running?.catch(() => undefined);
      await queued?.catch(() => undefined);
    },
  };
}
