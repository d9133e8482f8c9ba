import type { VanishReason } from '@tocsin/schema/domain/alert';
import type { ChangeEvent, IncidentChange } from '@tocsin/schema/domain/change';
import type { Incident } from '@tocsin/schema/domain/incident';
import { changesById, changesOfIncidents } from '@tocsin/schema/postgres/changeList';
import { silentOf } from '@tocsin/schema/postgres/heartbeat';
import type { Pool } from '@tocsin/schema/postgres/pool';
import { reconcileErrorsOf, vanishReasonsOf } from '@tocsin/schema/postgres/reconcile';
import DataLoader from 'dataloader';

/** What is known of senders beside their deliveries. */
export interface SourceLoaders {
  readonly changes: DataLoader<Incident, readonly IncidentChange[], number>;
  readonly change: DataLoader<number, ChangeEvent | null>;
  readonly isSilent: DataLoader<number, boolean>;
  readonly vanishReason: DataLoader<number, VanishReason | null>;
  readonly reconcileError: DataLoader<number, string | null>;
}

export function createSourceLoaders(pool: Pool): SourceLoaders {
  return {
    changes: new DataLoader((incidents: readonly Incident[]) => changesOfIncidents(pool, incidents), {
      cacheKeyFn: ({ id }) => id,
    }),
    change: new DataLoader(async (ids: readonly number[]) => {
      const found = new Map((await changesById(pool, ids)).map((change) => [change.id, change]));
      return ids.map((id) => found.get(id) ?? null);
    }),
    isSilent: new DataLoader(async (ids: readonly number[]) => {
      const silent = await silentOf(pool, ids);
      return ids.map((id) => silent.has(id));
    }),
    vanishReason: new DataLoader(async (ids: readonly number[]) => {
      const reasons = await vanishReasonsOf(pool, ids);
      return ids.map((id) => reasons.get(id) ?? null);
    }),
    reconcileError: new DataLoader(async (ids: readonly number[]) => {
      const errors = await reconcileErrorsOf(pool, ids);
      return ids.map((id) => errors.get(id) ?? null);
    }),
  };
}
