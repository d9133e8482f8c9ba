import type { Audience, UpdateComponent, UpdateProgress, UpdateState } from '../domain/stakeholderUpdate.js';
import type { Queryable } from './pool.js';

export interface StakeholderUpdate {
  readonly id: number;
  readonly version: number;
  readonly incidentId: number;
  readonly audience: Audience;
  readonly state: UpdateState;
  readonly title: string;
  /** Markdown. */
  readonly body: string;
  readonly progress: UpdateProgress;
  readonly components: readonly UpdateComponent[];
  /** A handle. */
  readonly author: string;
  /** Epoch milliseconds, as all times here. */
  readonly createdAt: number;
  readonly decidedBy: string | null;
  readonly decidedAt: number | null;
  readonly decisionComment: string | null;
  readonly publishedAt: number | null;
}

export const updateColumns = `id, version, incident_id as "incidentId", audience, state, title, body, progress, components, author,
  created_at as "createdAt", decided_by as "decidedBy", decided_at as "decidedAt", decision_comment as "decisionComment",
  published_at as "publishedAt"`;

/** Newest first. */
export async function updatesOf(db: Queryable, incidentIds: readonly number[]): Promise<readonly StakeholderUpdate[]> {
  const { rows } = await db.query<StakeholderUpdate>({
    name: 'stakeholder_update_of',
    text: `select ${updateColumns} from stakeholder_update where incident_id = any($1::bigint[]) order by incident_id, id desc`,
    values: [incidentIds],
  });
  return rows;
}

export async function updateById(db: Queryable, id: number, lock = false): Promise<StakeholderUpdate | null> {
  const { rows } = await db.query<StakeholderUpdate>(
    `select ${updateColumns} from stakeholder_update where id = $1 ${lock ? 'for update' : ''}`,
    [id],
  );
  return rows[0] ?? null;
}

/** Oldest first. */
export async function updatesAwaitingApproval(db: Queryable): Promise<readonly StakeholderUpdate[]> {
  const { rows } = await db.query<StakeholderUpdate>({
    name: 'stakeholder_update_waiting',
    text: `select ${updateColumns} from stakeholder_update where state = 'awaiting_approval' order by id limit 200`,
  });
  return rows;
}

export interface PublishedUpdate extends StakeholderUpdate {
  readonly publishedAt: number;
}

const shownForDays = 90;
/** As many as the public page reads at most. */
export const mostPublicUpdates = 200;

/** What the public reads, newest first: of the last 90 days. Nothing else of an incident is in it but its id. */
export async function publicUpdates(db: Queryable): Promise<readonly PublishedUpdate[]> {
  const { rows } = await db.query<PublishedUpdate>({
    name: 'stakeholder_update_public',
    text: `select ${updateColumns} from stakeholder_update
            where state = 'published' and audience = 'public' and published_at > now() - interval '${shownForDays} days'
            order by published_at desc, id desc limit ${mostPublicUpdates}`,
  });
  return rows;
}
