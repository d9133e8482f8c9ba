import './metadata.js';
import { Field, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { FieldMapping, MappedField } from '../domain/mapping.js';
import { mappedFields } from '../domain/mapping.js';
import { LabelObject, optional, plain } from './common.js';
import { AlertStatusEnum, SeverityEnum, upperCase } from './enums.js';
import { DateTime } from './scalars.js';

export const MappedFieldEnum: Readonly<Record<string, string>> = Object.fromEntries(
  mappedFields.map((field) => [upperCase(field), field]),
);
registerEnumType(MappedFieldEnum, {
  name: 'MappedField',
  description: 'A field of an alert.',
  valuesConfig: {
    FINGERPRINT: { description: 'What tells one condition from another; the same when it is resolved.' },
    STATUS: { description: 'A word like "firing", "triggered", "ok", "resolved", or whether it fires.' },
    ALERTS: {
      description:
        'The list of alerts, where one body holds several. In the other expressions `body` is then the element, and `body._body` the whole body.',
    },
  },
});

@ObjectType('FieldMapping', { ...plain, description: 'Where a field stands in a body: a CEL expression over `body`.' })
export class FieldMappingObject implements FieldMapping {
  @Field(() => MappedFieldEnum)
  readonly field!: MappedField;
  @Field(() => String)
  readonly expression!: string;
}

@InputType('FieldMappingInput')
export class FieldMappingInput implements FieldMapping {
  @Field(() => MappedFieldEnum)
  readonly field!: MappedField;
  @Field(() => String, { description: 'E.g. `body.alert.name`, or `body.?owner.orValue("nobody")`.' })
  readonly expression!: string;
}

@ObjectType('MappingError', plain)
export class MappingErrorObject {
  @Field(() => MappedFieldEnum)
  readonly field!: string;
  @Field(() => String)
  readonly message!: string;
  @Field(() => Int, { nullable: true, description: 'From 1; null where the expression is right and its value is not.' })
  readonly line!: number | null;
  @Field(() => Int, optional)
  readonly column!: number | null;
}

@ObjectType('MappedAlert', plain)
export class MappedAlertObject {
  @Field(() => String)
  readonly title!: string;
  @Field(() => AlertStatusEnum)
  readonly status!: string;
  @Field(() => SeverityEnum)
  readonly severity!: string;
  @Field(() => String, optional)
  readonly service!: string | null;
  @Field(() => String, optional)
  readonly environment!: string | null;
  @Field(() => String)
  readonly fingerprint!: string;
  @Field(() => String, optional)
  readonly summary!: string | null;
  @Field(() => DateTime, optional)
  readonly startsAt!: number | null;
  @Field(() => [LabelObject])
  readonly labels!: readonly LabelObject[];
}

@ObjectType('MappingPreview', plain)
export class MappingPreviewObject {
  @Field(() => [MappingErrorObject])
  readonly errors!: readonly MappingErrorObject[];
  @Field(() => MappedAlertObject, {
    nullable: true,
    description: 'The first alert of the body as it would be stored; null where it would be refused or there is none.',
  })
  readonly alert!: MappedAlertObject | null;
}

@ObjectType('ReceivedBody', plain)
export class ReceivedBodyObject {
  @Field(() => DateTime)
  readonly receivedAt!: number;
  @Field(() => String)
  readonly body!: string;
}
