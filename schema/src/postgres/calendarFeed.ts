import { createHash, randomBytes } from 'node:crypto';
import { missing } from './onCallEdit.js';
import type { Queryable } from './pool.js';

export interface CalendarFeed {
  readonly id: number;
  readonly personId: number;
  /** Null: the person's own shifts on every schedule. */
  readonly scheduleId: number | null;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly lastReadAt: number | null;
}

interface FeedRow {
  readonly id: number;
  readonly person_id: number;
  readonly schedule_id: number | null;
  readonly created_at: number;
  readonly last_read_at: number | null;
}

const columns = 'f.id, f.person_id, f.schedule_id, f.created_at, f.last_read_at';
const feedsPerPerson = 20;

/** The feed with its token, which is readable this once: the row holds only its hash. */
export async function createFeed(
  db: Queryable,
  personId: number,
  scheduleId: number | null,
): Promise<{ readonly id: number; readonly token: string } | null> {
  const token = randomBytes(32).toString('base64url');
  const { rows } = await db.query<{ id: number }>(
    `insert into calendar_feed (hash, person_id, schedule_id)
     select $1, $2, $3 where (select count(*) from calendar_feed where person_id = $2) < ${feedsPerPerson} returning id`,
    [hashOf(token), personId, scheduleId],
  );
  return rows[0] === undefined ? null : { id: rows[0].id, token };
}

/** Newest first. */
export async function feedsOf(db: Queryable, personId: number): Promise<readonly CalendarFeed[]> {
  const { rows } = await db.query<FeedRow>(
    `select ${columns} from calendar_feed f where f.person_id = $1 order by f.id desc`,
    [personId],
  );
  return rows.map(feedOf);
}

/** @throws DomainFailure NOT_FOUND, also for what is somebody else's */
export async function deleteFeed(db: Queryable, id: number, personId: number): Promise<void> {
  const { rowCount } = await db.query('delete from calendar_feed where id = $1 and person_id = $2', [id, personId]);
  if (rowCount === 0) throw missing('calendar feed', id);
}

/** Whose address this is; null for an unknown token and for people who are switched off. Reading it is noted, to the hour. */
export async function readFeed(db: Queryable, token: string): Promise<CalendarFeed | null> {
  const { rows } = await db.query<FeedRow>({
    name: 'calendar_feed_read',
    text: `with read as (update calendar_feed set last_read_at = now()
              where hash = $1 and (last_read_at is null or last_read_at < now() - interval '1 hour'))
           select ${columns} from calendar_feed f join person p on p.id = f.person_id and p.is_active where f.hash = $1`,
    values: [hashOf(token)],
  });
  return rows[0] === undefined ? null : feedOf(rows[0]);
}

function feedOf(row: FeedRow): CalendarFeed {
  return {
    id: row.id,
    personId: row.person_id,
    scheduleId: row.schedule_id,
    createdAt: row.created_at,
    lastReadAt: row.last_read_at,
  };
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
