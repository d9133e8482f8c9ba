import { builtInRule, compiledBuiltInRule } from '@tocsin/schema/domain/correlateWindows';
import type { CompiledRule } from '@tocsin/schema/domain/correlation';
import { Topology } from '@tocsin/schema/domain/topology';
import type { Pool } from '@tocsin/schema/postgres/pool';
import { createRuleCache } from '@tocsin/schema/postgres/ruleCache';
import { catalogueVersion, loadCatalogue } from '@tocsin/schema/postgres/service';
import { createMaintenanceCache } from './jobs/maintenanceCache.js';
import type { Configuration } from './placing.js';

export interface ConfigurationFollowerOptions {
  readonly pool: Pool;
  /** Of the built-in rule. @default 120 */
  readonly quietPeriodSeconds?: number | undefined;
  /** It could not be read, or part of it cannot be used: what was read before stands. */
  readonly onError: (error: unknown) => void;
  /** For a NOTIFY that was lost. @default 5000 */
  readonly pollMs?: number;
}

/** Rules, services and maintenance windows as this process knows them, compiled once for each version. */
export interface ConfigurationFollower {
  /** One state of everything, for one batch; another process may be a version ahead for as long as a NOTIFY takes. */
  readonly current: () => Configuration;
  /** Looks whether there is something newer. */
  readonly refresh: () => Promise<void>;
  /** Reads everything, then follows it. No alert is to be decided on before. */
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

export function createConfigurationFollower(options: ConfigurationFollowerOptions): ConfigurationFollower {
  const { pool, onError, pollMs = 5_000 } = options;
  const builtIn = builtInWith(options.quietPeriodSeconds);
  const rules = createRuleCache(pool, {
    pollMs,
    onError,
    onProblem: ({ field, message }, version) => onError(new Error(`${field} of version ${version}: ${message}`)),
  });
  const maintenance = createMaintenanceCache({ pool, onError, pollMs });
  let topology = new Topology([]);
  let knownCatalogue = -1;
  let known = { rules: rules.current(), topology };
  let configuration = composed();
  let poll: NodeJS.Timeout | null = null;

  function composed(): Configuration {
    known = { rules: rules.current(), topology };
    const { suppressorOf } = maintenance;
    return { rules: [...known.rules.rules, builtIn], topology, suppressorOf };
  }

  async function refreshCatalogue(): Promise<void> {
    if ((await catalogueVersion(pool)) === knownCatalogue) return;
    const { version, services } = await loadCatalogue(pool);
    topology = new Topology(services);
    knownCatalogue = version;
  }

  async function refresh(): Promise<void> {
    await Promise.all([rules.refresh(), maintenance.refresh(), refreshCatalogue()]);
  }

  return {
    current: () => {
      // The same objects as long as nothing changed: what is derived from them is kept with them.
      if (known.rules !== rules.current() || known.topology !== topology) configuration = composed();
      return configuration;
    },
    refresh,
    start: async () => {
      await Promise.all([rules.start(), maintenance.start(), refreshCatalogue()]);
      poll = setInterval(() => void refreshCatalogue().catch(onError), pollMs);
      poll.unref();
    },
    stop: async () => {
      if (poll !== null) clearInterval(poll);
      await Promise.all([rules.stop(), maintenance.stop()]);
    },
  };
}

function builtInWith(quietPeriodSeconds: number | undefined): CompiledRule {
  if (quietPeriodSeconds === undefined) return compiledBuiltInRule;
  return { ...compiledBuiltInRule, rule: { ...builtInRule, quietPeriodSeconds } };
}
