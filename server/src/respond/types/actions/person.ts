import type { Whom } from '@tocsin/schema/domain/automation';
import { DomainFailure } from '@tocsin/schema/domain/errors';
import { activePerson, type ActivePerson } from '@tocsin/schema/postgres/personOf';
import type { Queryable } from '@tocsin/schema/postgres/pool';
import { whoIsOnCall } from '@tocsin/schema/postgres/whoIsOnCall';

/** Who is meant: by name, or on call at `now`. @throws DomainFailure NOT_FOUND */
export async function personOf(db: Queryable, { handle, scheduleId }: Whom, now: number): Promise<ActivePerson> {
  const id = scheduleId === null ? null : ((await whoIsOnCall(db, [scheduleId], now)).get(scheduleId) ?? null);
  if (handle === null && id === null) throw missing(`Nobody is on call for schedule ${scheduleId} now.`);
  const person = await activePerson(db, handle === null ? { id: id ?? 0 } : { handle });
  if (person === null) throw missing(`There is no person ${handle ?? id} who is active.`);
  return person;
}

function missing(message: string): DomainFailure {
  return new DomainFailure({ code: 'NOT_FOUND', message });
}
