import { reaches } from '../domain/closing.js';
import type { Incident } from '../domain/incident.js';
import { afterWorkingDays } from '../domain/reminder.js';
import type { Review } from '../domain/review.js';
import { lockIncidents } from './incidentLock.js';
import { timeParameter } from './incidentRow.js';
import { typeDefinitions, versionKey } from './incidentType.js';
import { builtInDefinition } from '../domain/builtInTypes.js';
import type { Queryable } from './pool.js';
import { remind, startReviewIn } from './review.js';

const tocsin = { kind: 'system', name: 'tocsin' } as const;
const workingDays = 5;

/**
 * Starts the reviews that the severity of these incidents asks for, now that they are resolved; one that somebody began before
 * becomes a required one. Locks the incidents, all at once. @returns the reviews that are new
 */
export async function requireReviews(
  db: Queryable,
  incidentIds: readonly number[],
  now: number,
): Promise<readonly { readonly review: Review; readonly incident: Incident }[]> {
  if (incidentIds.length === 0) return [];
  const locked = [
    ...(
      await lockIncidents(
        db,
        [...new Set(incidentIds)].toSorted((a, b) => a - b),
      )
    ).values(),
  ];
  const ended = locked
    .map(({ incident }) => incident)
    .filter(({ phase }) => phase === 'resolved' || phase === 'closed');
  const keys = ended.map(({ type, typeVersion: version }) => ({ type, version }));
  const definitions = await typeDefinitions(db, keys);
  const started: { review: Review; incident: Incident }[] = [];
  for (const incident of ended) {
    const { closing } = definitions.get(versionKey(incident.type, incident.typeVersion)) ?? builtInDefinition;
    if (!reaches(incident.severity, closing.reviewFrom)) continue;
    const dueAt = afterWorkingDays(incident.resolvedAt ?? now, workingDays);
    const author = await authorOf(db, incident);
    const { review, isNew } = await startReviewIn(
      db,
      incident,
      { isRequired: true, author, dueAt },
      { actor: tocsin, now },
    );
    if (isNew) started.push({ review, incident });
    else if (!review.isRequired) await becomeRequired(db, review, dueAt, now);
  }
  return started;
}

async function becomeRequired(db: Queryable, review: Review, dueAt: number, now: number): Promise<void> {
  if (review.state === 'published') return;
  const due = review.dueAt ?? dueAt;
  await db.query(
    'update review set is_required = true, due_at = $2::timestamptz, version = version + 1 where id = $1',
    [review.id, timeParameter(due)],
  );
  await remind(db, { ...review, dueAt: due }, now);
}

/** Who led it writes it, else who worked on it. */
async function authorOf(db: Queryable, { id, assignee, acknowledgedBy }: Incident): Promise<string | null> {
  const { rows } = await db.query<{ handle: string }>(
    `select p.handle from person p left join incident_role r on r.person_id = p.id and r.incident_id = $1 and r.role = 'manager'
      where p.is_active and (r.incident_id is not null or p.handle in ($2, $3))
      order by r.incident_id is null, p.handle is distinct from $2 limit 1`,
    [id, assignee, acknowledgedBy],
  );
  return rows[0]?.handle ?? null;
}
