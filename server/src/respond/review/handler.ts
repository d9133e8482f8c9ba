import type { LogEvent } from '@tocsin/schema/domain/event';
import { type Incident, incidentReference } from '@tocsin/schema/domain/incident';
import type { NotificationAsk } from '@tocsin/schema/domain/notification';
import { addCsatRequests } from '@tocsin/schema/postgres/csat';
import { incidentsById } from '@tocsin/schema/postgres/incidentList';
import { appendEvents } from '@tocsin/schema/postgres/log';
import type { MessageLink } from '@tocsin/schema/postgres/messageLink';
import { addNotifications } from '@tocsin/schema/postgres/notificationWrite';
import type { Queryable } from '@tocsin/schema/postgres/pool';
import { requireReviews } from '@tocsin/schema/postgres/reviewDue';
import { personIdsOfHandles } from '@tocsin/schema/postgres/reviewReminder';
import { reviewsOfIncidents } from '@tocsin/schema/postgres/reviewRow';
import { addTimers } from '@tocsin/schema/postgres/timer';
import type { LogHandler, RespondDeps } from '../handler.js';

const tocsin = { kind: 'system', name: 'tocsin' } as const;

/** What follows when an incident ends: the review that its severity asks for, and the question how it went. */
export function reviewHandler(deps: RespondDeps): LogHandler {
  return {
    name: 'review',
    kinds: new Set([
      'incident.resolved',
      'incident.closed',
      'incident.reviewSubmitted',
      'incident.reviewReturned',
      'incident.actionItemChanged',
    ]),
    handle: async (db, events, now) => {
      const idsOf = (kind: LogEvent['kind']) =>
        events.flatMap((event) => (event.kind === kind ? (event.incidentId ?? []) : []));
      const started = await requireReviews(db, idsOf('incident.resolved'), now);
      for (const id of [...new Set(idsOf('incident.closed'))].toSorted((a, b) => a - b))
        await askHowItWent(db, id, now);
      const told: Told[] = started.map(({ review, incident }) => ({
        key: `review/${review.id}/started`,
        to: review.author,
        incident,
        title: `The review of ${incidentReference(incident.id)} is yours to write`,
        text: `${incident.title}: it is closed once the review is published.`,
      }));
      await tell(deps, db, [...told, ...(await handedOver(db, events))], now);
    },
  };
}

async function askHowItWent(db: Queryable, incidentId: number, now: number): Promise<void> {
  const ids = await addCsatRequests(db, incidentId, now);
  if (ids.length === 0) return;
  const event = { kind: 'incident.csatAsked', incidentId, alertId: null, data: { count: ids.length } } as const;
  await appendEvents(db, [{ ...event, actor: tocsin, occurredAt: now }]);
  await addTimers(db, [{ kind: 'csat.send', key: `${incidentId}/${ids[0]}`, dueAt: now, data: { ids } }]);
}

interface Told {
  readonly key: string;
  /** A handle. */
  readonly to: string | null;
  readonly incident: Incident;
  readonly title: string;
  readonly text: string;
}

type Handed = Extract<
  LogEvent,
  { readonly kind: 'incident.reviewSubmitted' | 'incident.reviewReturned' | 'incident.actionItemChanged' }
>;

function isHanded(event: LogEvent): event is Handed {
  return (
    event.kind === 'incident.reviewSubmitted' ||
    event.kind === 'incident.reviewReturned' ||
    (event.kind === 'incident.actionItemChanged' &&
      (event.data.action === 'created' || event.data.ownerBefore !== undefined))
  );
}

/** Who has something on their desk since these events, but by their own doing. */
async function handedOver(db: Queryable, events: readonly LogEvent[]): Promise<readonly Told[]> {
  const handed = events.filter(isHanded);
  const ids = [...new Set(handed.flatMap(({ incidentId }) => incidentId ?? []))];
  if (ids.length === 0) return [];
  const incidents = new Map((await incidentsById(db, ids)).map((incident) => [incident.id, incident]));
  const reviews = new Map((await reviewsOfIncidents(db, ids)).map((review) => [review.incidentId, review]));
  return handed.flatMap((event): readonly Told[] => {
    const incident = incidents.get(event.incidentId ?? 0);
    if (incident === undefined) return [];
    const reference = incidentReference(incident.id);
    const by = event.actor.name;
    const key = `${event.kind}/${event.cursor.xid}.${event.cursor.position}`;
    const said = (to: string | null, title: string, text: string): readonly Told[] =>
      to === null || to === by ? [] : [{ key, incident, to, title, text }];
    switch (event.kind) {
      case 'incident.reviewSubmitted':
        return said(event.data.reviewer, `${by} asks you to review ${reference}`, incident.title);
      case 'incident.reviewReturned':
        return said(
          reviews.get(incident.id)?.author ?? null,
          `${by} returned the review of ${reference}`,
          event.data.comment,
        );
      case 'incident.actionItemChanged':
        return said(event.data.owner, `${by} gave you an action item of ${reference}`, event.data.title);
    }
  });
}

async function tell(deps: RespondDeps, db: Queryable, told: readonly Told[], now: number): Promise<void> {
  const people = await personIdsOfHandles(db, [...new Set(told.flatMap(({ to }) => to ?? []))]);
  const asks = told.flatMap(({ key, to, incident, title, text }): readonly NotificationAsk[] => {
    const personId = to === null ? undefined : people.get(to);
    if (personId === undefined) return [];
    const url = `${deps.dashboardUrl()}/incidents/${incident.id}`;
    return [personalAsk({ key, personId, incidentId: incident.id, severity: incident.severity, title, text, url })];
  });
  await addNotifications(db, asks, now);
}

/** A message to one person about their own work; it leads to `url`, or to what `link` stands for. */
export function personalAsk({
  key,
  personId,
  incidentId,
  severity,
  title,
  text,
  ...leads
}: Pick<NotificationAsk, 'key' | 'incidentId' | 'severity'> & {
  readonly personId: number;
  readonly title: string;
  readonly text: string;
} & ({ readonly url: string } | { readonly link: MessageLink })): NotificationAsk {
  const to = { kind: 'person', personId } as const;
  const values = { title, text, ...leads };
  return {
    key: `${key}/${personId}`,
    topic: 'personal',
    to,
    incidentId,
    pageId: null,
    severity,
    template: 'personal',
    values,
  };
}
