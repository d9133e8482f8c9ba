import { createKpiScenario } from './kpiScenario.js';
import type { TestDatabase } from './testDatabase.js';

const minute = 60_000;
const instant = (text: string): number => Date.parse(text);
export const june10 = instant('2026-06-10T00:00:00Z');

/** Eight incidents of June 10 (one merged, one dismissed), one of May, three around a change of clocks. */
export async function fillJune(database: TestDatabase): Promise<void> {
  const scenario = await createKpiScenario(database.pool);
  const resolved = (after: number, kind: string): object => {
    return { phase: 'resolved', firstResolvedAt: june10 + after, resolvedAt: june10 + after, resolvedByKind: kind };
  };
  const target = await scenario.incident({
    openedAt: june10,
    impactStartedAt: june10 - 100_000,
    acknowledgedAt: june10 + minute,
    ...resolved(20 * minute, 'system'),
  });
  await scenario.incident({ openedAt: june10, impactStartedAt: june10 - 200_000, acknowledgedAt: june10 + 2 * minute, ...resolved(30 * minute, 'person'), severity: 0 }); // prettier-ignore
  await scenario.incident({ openedAt: june10, acknowledgedAt: june10 + 4 * minute, services: ['checkout', 'search'] });
  await scenario.incident({
    openedAt: june10,
    acknowledgedAt: june10 + 10 * minute,
    services: ['search'],
    phase: 'resolved',
    reopenedCount: 1,
    firstResolvedAt: june10 + 10 * minute,
    resolvedAt: instant('2026-07-02T00:00:00Z'),
    resolvedByKind: 'system',
  });
  await scenario.incident({ openedAt: june10, services: [], team: null, source: null });
  await scenario.incident({ openedAt: june10, environment: 'staging', type: 'security' });
  await scenario.incident({
    openedAt: june10,
    phase: 'dismissed',
    dismissReason: 'false_alarm',
    acknowledgedAt: june10 + minute,
    firstResolvedAt: june10 + minute,
  });
  await scenario.incident({
    openedAt: june10,
    phase: 'merged',
    mergedInto: target,
    acknowledgedAt: june10 + minute,
    ...resolvedTimes(minute),
  });
  const may = instant('2026-05-10T00:00:00Z');
  await scenario.incident({
    openedAt: may,
    acknowledgedAt: may + 30_000,
    phase: 'closed',
    reopenedCount: 2,
    resolvedByKind: 'system',
    firstResolvedAt: may + minute,
    resolvedAt: may + 40 * 86_400_000,
  });
  for (const text of ['2026-03-28T23:00:00Z', '2026-03-29T21:59:59.999Z', '2026-03-29T22:00:00Z']) {
    await scenario.incident({ openedAt: instant(text) });
  }
  await scenario.received(
    june10 + 30_000,
    { outcome: 'opened', count: 10 },
    { outcome: 'repeated', count: 20 },
    { outcome: 'test', count: 99 },
  );
  await scenario.received(june10 + minute, { outcome: 'superseded', count: 1 }, { outcome: 'resolved', count: 4 });
  await scenario.received(
    june10,
    { outcome: 'opened', count: 3, service: 'search', source: 'signoz' },
    { outcome: 'ignored', count: 2, service: 'search', source: 'signoz' },
  );
}

function resolvedTimes(after: number): object {
  return { firstResolvedAt: june10 + after, resolvedAt: june10 + after, resolvedByKind: 'system' };
}
