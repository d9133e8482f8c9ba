import type { AlertFacts } from '@tocsin/schema/domain/correlation';
import { factsOf } from '@tocsin/schema/domain/correlateFacts';
import type { RuleSet } from '@tocsin/schema/domain/rule';
import { Endings } from '@tocsin/schema/domain/ruleBacktestEndings';
import { type BacktestFold, createBacktestFold } from '@tocsin/schema/domain/ruleBacktestFold';
import { compileRules } from '@tocsin/schema/domain/ruleCompile';
import type { Integration } from '@tocsin/schema/domain/source';
import { Topology } from '@tocsin/schema/domain/topology';
import { alertIdsBetween, type BacktestAlert, readBacktestAlerts } from '@tocsin/schema/postgres/backtestAlerts';
import { loadIntegrations } from '@tocsin/schema/postgres/integration';
import type { Queryable } from '@tocsin/schema/postgres/pool';
import { loadServices } from '@tocsin/schema/postgres/service';

const pageSize = 5_000;
/** Whoever cancels waits for at most so many alerts. */
const checkEvery = 250;
/** About 200 bytes each here, and the comparison of as many groupings. */
const mostAlerts = 3_000_000;

export class BacktestRefused extends Error {
  override readonly name = 'BacktestRefused';
}

export interface BacktestRun {
  readonly ruleSet: RuleSet;
  readonly from: number;
  readonly to: number;
  readonly isCancelled: () => boolean;
  readonly onProgress: (progress: number, alertCount: number) => void;
}

/**
 * Decides every alert that was received in the stretch of time again, in the order of receipt and with its end when that
 * was received. `db` is one connection in a read-only snapshot. Null where it was cancelled.
 * @throws BacktestRefused where there are more alerts than memory allows
 */
export async function runBacktest(db: Queryable, run: BacktestRun): Promise<BacktestFold | null> {
  const { ruleSet, from, to, isCancelled, onProgress } = run;
  const topology = new Topology(await loadServices(db));
  const integrations = new Map((await loadIntegrations(db, null)).map((each) => [each.id, each]));
  const fold = createBacktestFold(compileRules(ruleSet).rules, topology);
  const endings = new Endings();
  const assumed = new Set<number>();
  const end = (index: number, endsAt: number, receivedAt: number): void =>
    fold.end(index, endsAt, { receivedAt, isAssumed: assumed.delete(index) });
  const range = await alertIdsBetween(db, from, to);
  const withTexts = looksAtTexts(ruleSet);
  const pageAfter = (id: number) => {
    const page = readBacktestAlerts(db, { range, from, to, after: id, size: pageSize, withTexts });
    // Looked at when its turn comes; until then a failure must not count as unhandled.
    page.catch(() => undefined);
    return page;
  };
  let alertCount = 0;
  let clock = 0;
  let next = pageAfter(range.first);
  for (;;) {
    const alerts = await next;
    const last = alerts.at(-1);
    if (last === undefined) break;
    next = pageAfter(last.id);
    for (const [place, alert] of alerts.entries()) {
      if (place % checkEvery === 0 && isCancelled()) return null;
      const integration = integrations.get(alert.integrationId);
      if (integration === undefined) continue;
      clock = Math.max(clock, alert.receivedAt);
      endings.takeUntil(clock, end);
      const index = fold.open(alert.id, factsOfStored(alert, integration), clock);
      if (alert.endsAt === null) continue;
      if (alert.resolveReason === 'stale') assumed.add(index);
      // Of one that ended unseen only the start is known.
      const endsAt = alert.resolveReason === 'superseded' ? alert.startsAt : alert.endsAt;
      endings.add(Math.max(clock, alert.closedAt ?? alert.endsAt), index, endsAt);
    }
    alertCount += alerts.length;
    if (alertCount > mostAlerts) {
      throw new BacktestRefused(`There are more than ${mostAlerts} alerts in it: choose a shorter time.`);
    }
    onProgress(Math.min(0.98, (last.id - range.first) / Math.max(1, range.last - range.first)), alertCount);
  }
  endings.takeUntil(to, end);
  return fold;
}

/** The texts are read where an expression may look at them. A word in a string reads them for nothing, and does no harm. */
function looksAtTexts({ rules }: RuleSet): boolean {
  return rules.some(({ match }) => match !== null && /summary|description|annotations/.test(match));
}

function factsOfStored(alert: BacktestAlert, integration: Integration): AlertFacts {
  const unused = { senderSeverity: null, generatorUrl: null, runbookUrl: null, links: [], traceId: null };
  return factsOf({ ...alert, ...unused }, integration, alert.startsAt);
}
