import './metadata.js';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { optional, plain } from './common.js';
import { IncidentObject } from './incident.js';
import { PersonObject } from './person.js';
import { TimelineEventObject } from './timeline.js';
import { DateTime } from './scalars.js';
import { LinkKindEnum, PinKindEnum, TaskStateEnum } from './workEnums.js';

@ObjectType('Note', plain)
export class NoteObject {
  @Field(() => ID)
  readonly id!: number;
  @Field(() => Int)
  readonly version!: number;
  @Field(() => String)
  readonly author!: string;
  @Field(() => PersonObject, optional)
  readonly person!: PersonObject | null;
  @Field(() => String, { nullable: true, description: 'Markdown; null when it was withdrawn.' })
  readonly text!: string | null;
  @Field(() => DateTime)
  readonly createdAt!: number;
  @Field(() => DateTime, optional)
  readonly editedAt!: number | null;
  @Field(() => DateTime, optional)
  readonly deletedAt!: number | null;
  @Field(() => Boolean)
  readonly isPinned!: boolean;
  @Field(() => [PersonObject])
  readonly mentions!: readonly PersonObject[];
}

@ObjectType('Pin', plain)
export class PinObject {
  @Field(() => ID)
  readonly id!: number;
  @Field(() => PinKindEnum)
  readonly kind!: string;
  @Field(() => String)
  readonly title!: string;
  @Field(() => NoteObject, optional)
  readonly note!: NoteObject | null;
  @Field(() => AttachmentObject, optional)
  readonly attachment!: AttachmentObject | null;
  @Field(() => TimelineEventObject, optional)
  readonly event!: TimelineEventObject | null;
  @Field(() => String, { description: 'What it keeps, as JSON.' })
  readonly copy!: string;
  @Field(() => String)
  readonly pinnedBy!: string;
  @Field(() => DateTime)
  readonly pinnedAt!: number;
}

@ObjectType('Attachment', plain)
export class AttachmentObject {
  @Field(() => ID)
  readonly id!: number;
  @Field(() => String)
  readonly name!: string;
  @Field(() => String)
  readonly mediaType!: string;
  @Field(() => Int)
  readonly bytes!: number;
  @Field(() => String)
  readonly uploadedBy!: string;
  @Field(() => DateTime)
  readonly uploadedAt!: number;
  @Field(() => String, { description: 'Served as a download.' })
  readonly url!: string;
}

@ObjectType('Task', plain)
export class TaskObject {
  @Field(() => ID)
  readonly id!: number;
  @Field(() => Int)
  readonly version!: number;
  @Field(() => String)
  readonly title!: string;
  @Field(() => PersonObject, optional)
  readonly assignee!: PersonObject | null;
  @Field(() => DateTime, optional)
  readonly dueAt!: number | null;
  @Field(() => TaskStateEnum)
  readonly state!: string;
  @Field(() => String)
  readonly createdBy!: string;
  @Field(() => DateTime, optional)
  readonly doneAt!: number | null;
  @Field(() => IncidentObject)
  readonly incident!: IncidentObject;
}

@ObjectType('IncidentLink', plain)
export class IncidentLinkObject {
  @Field(() => ID)
  readonly id!: number;
  @Field(() => LinkKindEnum)
  readonly kind!: string;
  @Field(() => String)
  readonly title!: string;
  @Field(() => String)
  readonly url!: string;
  @Field(() => String)
  readonly addedBy!: string;
}

@ObjectType('Presence', plain)
export class PresenceObject {
  @Field(() => PersonObject)
  readonly person!: PersonObject;
  @Field(() => Boolean)
  readonly isTyping!: boolean;
  @Field(() => DateTime)
  readonly since!: number;
}

@ObjectType('PresenceChange', plain)
export class PresenceChangeObject {
  @Field(() => ID)
  readonly incidentId!: number;
  @Field(() => [PresenceObject])
  readonly present!: readonly PresenceObject[];
}

@InputType('PinInput', { description: 'Exactly one of them; the other kinds are pinned by what makes them.' })
export class PinInput {
  @Field(() => ID, optional)
  readonly noteId?: string | null;
  @Field(() => ID, optional)
  readonly attachmentId?: string | null;
  @Field(() => ID, optional)
  readonly eventId?: string | null;
}

@InputType('TaskInput')
export class TaskInput {
  @Field(() => String)
  readonly title!: string;
  @Field(() => ID, optional)
  readonly assigneeId?: string | null;
  @Field(() => DateTime, optional)
  readonly dueAt?: number | null;
}
