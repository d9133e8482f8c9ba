import type { LogEvent } from '@tocsin/schema/domain/event';
import { decodeCursor, encodeCursor } from '@tocsin/schema/domain/event';
import type { Incident } from '@tocsin/schema/domain/incident';
import { mentionsOf } from '@tocsin/schema/domain/mention';
import { AttachmentObject, NoteObject, PinInput, PinObject } from '@tocsin/schema/graphql/collaboration';
import { IncidentObject } from '@tocsin/schema/graphql/incident';
import { PersonObject } from '@tocsin/schema/graphql/person';
import { TimelineEventObject } from '@tocsin/schema/graphql/timeline';
import type { Attachment } from '@tocsin/schema/postgres/attachment';
import { deleteNote, editNote, longestNote, type Note } from '@tocsin/schema/postgres/note';
import type { Person } from '@tocsin/schema/postgres/person';
import { addPin, eventAt, type Pin, type PinTarget, removePin } from '@tocsin/schema/postgres/pin';
import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Resolver, Root } from 'type-graphql';
import type { ApiContext } from '../../context.js';
import { invalidInput, notFound } from '../../errors.js';
import { requiredId, requiredText } from '../input.js';
import { incidentOf } from './incident.js';

@Resolver(() => NoteObject)
export class NotesResolver {
  @Mutation(() => NoteObject, { description: 'CONFLICT where it was edited or withdrawn meanwhile.' })
  editNote(
    @Arg('id', () => ID) id: string,
    @Arg('text', () => String) text: string,
    @Arg('expectedVersion', () => Int) expectedVersion: number,
    @Ctx() { services: { pool }, actor }: ApiContext,
  ): Promise<Note> {
    const edit = { id: requiredId('note', id), text: requiredText('text', text, longestNote), expectedVersion };
    return editNote(pool, edit, { actor, now: Date.now() });
  }

  @Mutation(() => NoteObject, { description: 'Withdraws it: that there was one stays.' })
  deleteNote(@Arg('id', () => ID) id: string, @Ctx() { services: { pool }, actor }: ApiContext): Promise<Note> {
    return deleteNote(pool, requiredId('note', id), { actor, now: Date.now() });
  }

  @FieldResolver()
  text(@Root() { text, deletedAt }: Note): string | null {
    return deletedAt === null ? text : null;
  }

  @FieldResolver()
  person(@Root() { author }: Note, @Ctx() { loaders }: ApiContext): Promise<Person | null> {
    return loaders.authorByHandle.load(author);
  }

  @FieldResolver()
  async isPinned(@Root() { id, incidentId }: Note, @Ctx() { loaders }: ApiContext): Promise<boolean> {
    return (await loaders.pinned.load(incidentId)).has(`note/${id}`);
  }

  @FieldResolver(() => [PersonObject])
  async mentions(@Root() { text, deletedAt }: Note, @Ctx() { loaders }: ApiContext): Promise<readonly Person[]> {
    if (deletedAt !== null) return [];
    const people = await Promise.all(mentionsOf(text).map((handle) => loaders.authorByHandle.load(handle)));
    return people.filter((person) => person !== null);
  }
}

@Resolver(() => PinObject)
export class PinsResolver {
  @Mutation(() => PinObject, { description: 'Twice is once.' })
  pin(
    @Arg('incidentId', () => ID) incidentId: string,
    @Arg('input', () => PinInput) input: PinInput,
    @Ctx() { services: { pool }, actor }: ApiContext,
  ): Promise<Pin> {
    return addPin(pool, requiredId('incident', incidentId), targetOf(input), { actor, now: Date.now() });
  }

  @Mutation(() => IncidentObject)
  async unpin(@Arg('id', () => ID) id: string, @Ctx() context: ApiContext): Promise<Incident> {
    const { services, actor } = context;
    return incidentOf(context, await removePin(services.pool, requiredId('pin', id), { actor, now: Date.now() }));
  }

  @FieldResolver()
  title(@Root() { copy, kind }: Pin): string {
    const title = copy['title'];
    return typeof title === 'string' ? title : kind;
  }

  @FieldResolver()
  copy(@Root() { copy }: Pin): string {
    return JSON.stringify(copy);
  }

  @FieldResolver(() => NoteObject, { nullable: true })
  async note(@Root() { noteId }: Pin, @Ctx() { loaders }: ApiContext): Promise<Note | null> {
    return noteId === null ? null : loaders.note.load(noteId);
  }

  @FieldResolver(() => AttachmentObject, { nullable: true })
  async attachment(
    @Root() { incidentId, attachmentId }: Pin,
    @Ctx() { loaders }: ApiContext,
  ): Promise<Attachment | null> {
    if (attachmentId === null) return null;
    return (await loaders.attachments.load(incidentId)).find(({ id }) => id === attachmentId) ?? null;
  }

  @FieldResolver(() => TimelineEventObject, { nullable: true })
  async event(@Root() pin: Pin, @Ctx() { services }: ApiContext): Promise<LogEvent | null> {
    const { xid, position, incidentId } = pin;
    return xid === null || position === null ? null : eventAt(services.pool, incidentId, { xid, position });
  }
}

@Resolver(() => TimelineEventObject)
export class TimelineNotesResolver {
  @FieldResolver(() => NoteObject, { nullable: true, description: 'As it stands now; of what a person wrote here.' })
  async noteEntry(@Root() event: LogEvent, @Ctx() { loaders }: ApiContext): Promise<Note | null> {
    const id = noteIdOf(event);
    return id === null ? null : loaders.note.load(id);
  }

  @FieldResolver(() => Boolean)
  async isPinned(@Root() event: LogEvent, @Ctx() { loaders }: ApiContext): Promise<boolean> {
    if (event.incidentId === null) return false;
    return (await loaders.pinned.load(event.incidentId)).has(`event/${encodeCursor(event.cursor)}`);
  }
}

function noteIdOf(event: LogEvent): number | null {
  switch (event.kind) {
    case 'incident.noteAdded':
      return event.data.noteId ?? null;
    case 'incident.noteEdited':
    case 'incident.noteDeleted':
      return event.data.noteId;
    default:
      return null;
  }
}

function targetOf({ noteId, attachmentId, eventId }: PinInput): PinTarget {
  const given = [noteId, attachmentId, eventId].filter((id) => id != null);
  if (given.length !== 1) throw invalidInput('input', 'Name exactly one of noteId, attachmentId and eventId.');
  if (noteId != null) return { kind: 'note', noteId: requiredId('note', noteId) };
  if (attachmentId != null) return { kind: 'attachment', attachmentId: requiredId('attachment', attachmentId) };
  const cursor = decodeCursor(eventId ?? '');
  if (cursor === null) throw notFound('event', eventId ?? '');
  return { kind: 'event', cursor };
}
