import type { ChangeEvent } from '@tocsin/schema/domain/change';
import type { Explanation } from '@tocsin/schema/domain/correlation';
import { encodeCursor, type LogEvent } from '@tocsin/schema/domain/event';
import type { Incident } from '@tocsin/schema/domain/incident';
import { sentenceOf } from '@tocsin/schema/domain/explanation';
import { summarise } from '@tocsin/schema/domain/summary';
import { firstExplanation, type StoredAlert } from '@tocsin/schema/postgres/alertRow';
import { labelList } from '@tocsin/schema/graphql/common';
import { ExplanationObject } from '@tocsin/schema/graphql/common';
import { TimelineEventObject } from '@tocsin/schema/graphql/timeline';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { ApiContext } from '../context.js';

/** The fields of an event's data that people read, whatever its kind; missing ones are null. */
function detailOf(event: LogEvent): {
  readonly note?: string | null;
  readonly from?: string | null;
  readonly to?: string | null;
  readonly reason?: string | null;
  readonly explanation?: Explanation | undefined;
  readonly relatedIncidentId?: number;
} {
  switch (event.kind) {
    case 'incident.noteAdded':
      return { note: event.data.text };
    case 'incident.severityChanged':
    case 'incident.assigned':
      return { from: event.data.from, to: event.data.to };
    case 'alert.changed':
      return event.data.severity ?? {};
    case 'incident.dismissed':
      return { reason: event.data.reason, note: event.data.comment };
    case 'incident.unacknowledged':
    case 'incident.changeFound':
    case 'alert.resolved':
      return { reason: event.data.reason };
    case 'incident.resolved':
      return { reason: event.data.reason, from: event.data.from };
    case 'incident.reopened':
      return { reason: event.data.reason, explanation: event.data.explanation };
    case 'incident.opened':
    case 'incident.alertJoined':
      return { explanation: event.data.explanation };
    case 'incident.alertLeft':
      return { relatedIncidentId: event.data.toIncidentId };
    case 'incident.merged':
      return { relatedIncidentId: event.data.intoIncidentId };
    case 'incident.absorbed':
    case 'incident.unmerged':
      return { relatedIncidentId: event.data.fromIncidentId };
    case 'incident.released':
      return { relatedIncidentId: event.data.incidentId };
    default:
      return {};
  }
}

@Resolver(() => TimelineEventObject)
export class TimelineFieldsResolver {
  @FieldResolver()
  id(@Root() event: LogEvent): string {
    return encodeCursor(event.cursor);
  }

  @FieldResolver()
  async summary(@Root() event: LogEvent, @Ctx() { loaders }: ApiContext): Promise<string> {
    const alert = event.alertId === null ? null : await loaders.alert.load(event.alertId);
    const { actor } = event;
    const person = actor.kind === 'person' ? await loaders.personByHandle.load(actor.name) : null;
    // The log names people by their handle; a reader is told who it is. A name from before there were accounts stays.
    return summarise({ ...event, actor: { ...actor, name: person?.name ?? actor.name } }, { alert });
  }

  @FieldResolver()
  async note(@Root() event: LogEvent, @Ctx() { loaders }: ApiContext): Promise<string | null> {
    if (event.kind !== 'incident.noteAdded' || event.data.noteId === undefined) return detailOf(event).note ?? null;
    // As it stands now: what was withdrawn is shown no longer.
    const note = await loaders.note.load(event.data.noteId);
    return note === null || note.deletedAt !== null ? null : note.text;
  }

  @FieldResolver()
  from(@Root() event: LogEvent): string | null {
    return detailOf(event).from ?? null;
  }

  @FieldResolver()
  to(@Root() event: LogEvent): string | null {
    return detailOf(event).to ?? null;
  }

  @FieldResolver()
  reason(@Root() event: LogEvent): string | null {
    return detailOf(event).reason ?? null;
  }

  @FieldResolver()
  async explanation(@Root() event: LogEvent, @Ctx() { loaders }: ApiContext): Promise<Explanation | null> {
    if (event.kind !== 'alert.opened' || event.alertId === null) return detailOf(event).explanation ?? null;
    // An older event says nothing here: its reason stands in the `incident.alertJoined` beside it.
    if (event.data.outcome === undefined) return null;
    const alert = await loaders.alert.load(event.alertId);
    return alert === null ? null : firstExplanation(alert);
  }

  @FieldResolver()
  async alert(@Root() event: LogEvent, @Ctx() { loaders }: ApiContext): Promise<StoredAlert | null> {
    return event.alertId === null ? null : loaders.alert.load(event.alertId);
  }

  @FieldResolver()
  async incident(@Root() event: LogEvent, @Ctx() { loaders }: ApiContext): Promise<Incident | null> {
    return event.incidentId === null ? null : loaders.incident.load(event.incidentId);
  }

  @FieldResolver()
  async change(@Root() event: LogEvent, @Ctx() { loaders }: ApiContext): Promise<ChangeEvent | null> {
    return event.kind === 'incident.changeFound' ? loaders.change.load(event.data.changeId) : null;
  }

  @FieldResolver()
  async relatedIncident(@Root() event: LogEvent, @Ctx() { loaders }: ApiContext): Promise<Incident | null> {
    const id = detailOf(event).relatedIncidentId;
    return id === undefined ? null : loaders.incident.load(id);
  }
}

@Resolver(() => ExplanationObject)
export class ExplanationFieldsResolver {
  @FieldResolver()
  values(@Root() explanation: Explanation): readonly object[] {
    return labelList(explanation.values);
  }

  @FieldResolver()
  sentence(@Root() explanation: Explanation): string {
    return sentenceOf(explanation);
  }

  @FieldResolver()
  path(@Root() explanation: Explanation): readonly string[] {
    return explanation.path ?? [];
  }

  @FieldResolver()
  failures(@Root() explanation: Explanation): readonly object[] {
    return explanation.failures ?? [];
  }
}
