import type { AlertToPlace } from '@tocsin/schema/postgres/alertWrite';
import { absorbAlerts, shortenChains } from '@tocsin/schema/postgres/incidentMerge';
import { mergedExplanation } from '@tocsin/schema/postgres/incidentMove';
import { writeScopes, type StoredScope } from '@tocsin/schema/postgres/incidentScope';
import { insertIncidents, reserveIncidentIds, updateIncidents } from '@tocsin/schema/postgres/incidentWrite';
import type { Queryable } from '@tocsin/schema/postgres/pool';
import { addTimers, cancelTimers } from '@tocsin/schema/postgres/timer';
import type { Defer } from '@tocsin/schema/postgres/transaction';
import { settled, withNumbers } from './absorption.js';
import type { IncidentLedger } from './incidentLedger.js';
import type { KnownScopes } from './knownScopes.js';

/** The number of an incident that had only a provisional one when the batch was decided. */
export type FinalId = <T extends number | null>(id: T) => T;

export interface WrittenIncidents {
  readonly final: FinalId;
  /** To be remembered once the transaction is committed. */
  readonly scopes: readonly StoredScope[];
}

/** Sends the incidents that a decision touches, with what they are found by and their timers. */
export async function writeIncidents(
  db: Queryable,
  defer: Defer,
  incidents: IncidentLedger,
  known: Pick<KnownScopes, 'news'>,
): Promise<WrittenIncidents> {
  const { rows } = incidents;
  const numbers = rows.number(await reserveIncidentIds(db, rows.newCount));
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- null stays null, a number stays a number
  const final = (<T extends number | null>(id: T) => (id === null ? id : (numbers.get(id) ?? id))) as FinalId;
  // What gives up its key goes before what takes it.
  defer(updateIncidents(db, rows.updates));
  defer(insertIncidents(db, rows.inserts));
  for (const absorption of incidents.absorptions) {
    const { from, into, explanation } = absorption;
    const alertCount = await absorbAlerts(db, final(from), final(into), mergedExplanation(explanation, final(from)));
    defer(shortenChains(db, [final(from)], final(into)));
    for (const [index, event] of incidents.events.entries()) {
      incidents.events[index] = withNumbers(event, absorption, final, alertCount);
    }
  }
  const named = incidents.changedScopes.map((each) => ({ ...each, incidentId: final(each.incidentId) }));
  const scopes = known.news(named).toSorted((a, b) => a.incidentId - b.incidentId);
  defer(writeScopes(db, scopes));
  const { start, cancel } = rows.timers();
  defer(cancelTimers(db, 'incident.autoResolve', cancel));
  defer(addTimers(db, start));
  return { final, scopes };
}

export function finalPlaces(
  placed: readonly AlertToPlace[],
  incidents: IncidentLedger,
  final: FinalId,
): readonly AlertToPlace[] {
  return placed
    .map(({ id, ...put }) => ({ id, ...settled(put, incidents.absorptions, final) }))
    .toSorted((a, b) => a.id - b.id);
}
