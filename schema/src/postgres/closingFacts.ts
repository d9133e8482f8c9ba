import type { ClosingFacts } from '../domain/closing.js';
import type { Queryable } from './pool.js';

/** What of an incident's review and tasks closing looks at; roles and checklists depend on its type. */
export async function closingFacts(
  db: Queryable,
  incidentId: number,
): Promise<Pick<ClosingFacts, 'hasPublishedReview' | 'openTasks'>> {
  const { rows } = await db.query<{ published: boolean; open_tasks: number }>({
    name: 'closing_facts',
    text: `select exists (select from review where incident_id = $1 and state = 'published') as published,
                  (select count(*) from task where incident_id = $1 and state = 'open') as open_tasks`,
    values: [incidentId],
  });
  return { hasPublishedReview: rows[0]?.published === true, openTasks: rows[0]?.open_tasks ?? 0 };
}
