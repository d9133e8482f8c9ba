import { type Escalation, escalationsOf } from '@tocsin/schema/postgres/escalation';
import { type Page, pagesOf } from '@tocsin/schema/postgres/page';
import type { Pool } from '@tocsin/schema/postgres/pool';
import { type Snooze, snoozesOf } from '@tocsin/schema/postgres/snooze';
import DataLoader from 'dataloader';

export interface EscalationLoaders {
  /** Of an incident, the newest first. */
  readonly escalations: DataLoader<number, readonly Escalation[]>;
  /** Of an escalation. */
  readonly pages: DataLoader<number, readonly Page[]>;
  /** Of an incident; null: it is not snoozed. */
  readonly snooze: DataLoader<number, Snooze | null>;
}

export function createEscalationLoaders(pool: Pool): EscalationLoaders {
  return {
    escalations: new DataLoader(async (ids) => {
      const found = await escalationsOf(pool, ids);
      return ids.map((id) => found.get(id) ?? []);
    }),
    pages: new DataLoader(async (ids) => {
      const found = await pagesOf(pool, ids);
      return ids.map((id) => found.get(id) ?? []);
    }),
    snooze: new DataLoader(async (ids) => {
      const found = await snoozesOf(pool, ids);
      return ids.map((id) => found.get(id) ?? null);
    }),
  };
}
