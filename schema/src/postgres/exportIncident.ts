import type { LogEvent } from '../domain/event.js';
import { startOfLog } from '../domain/event.js';
import type { ReviewDocument } from '../domain/reviewMarkdown.js';
import { itemsOfIncidents } from './actionItem.js';
import { incidentsById } from './incidentList.js';
import { readIncidentLog } from './log.js';
import { personsByHandle } from './person.js';
import type { Queryable } from './pool.js';
import { reviewsOfIncidents, sectionsOf } from './reviewRow.js';

/** Everything that the review's file says; null where there is no review. */
export async function reviewDocument(db: Queryable, incidentId: number): Promise<ReviewDocument | null> {
  const [[incident], [review], actionItems] = await Promise.all([
    incidentsById(db, [incidentId]),
    reviewsOfIncidents(db, [incidentId]),
    itemsOfIncidents(db, [incidentId]),
  ]);
  if (incident === undefined || review === undefined) return null;
  const handles = [review.author, review.reviewer, review.publishedBy, ...actionItems.map(({ owner }) => owner)];
  const [sections, people] = await Promise.all([
    sectionsOf(db, [review.id]),
    personsByHandle(db, [...new Set(handles.flatMap((handle) => handle ?? []))]),
  ]);
  return { incident, review, sections, actionItems, names: new Map(people.map(({ handle, name }) => [handle, name])) };
}

const most = 20_000;
const page = 1_000;

/** All that the log has of an incident, oldest first; twenty thousand at most. */
export async function eventsOfIncident(db: Queryable, incidentId: number): Promise<readonly LogEvent[]> {
  const events: LogEvent[] = [];
  while (events.length < most) {
    const next = await readIncidentLog(db, incidentId, events.at(-1)?.cursor ?? startOfLog, page);
    events.push(...next);
    if (next.length < page) break;
  }
  return events;
}
