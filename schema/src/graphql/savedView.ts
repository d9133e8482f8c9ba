import './metadata.js';
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { optional, plain } from './common.js';
import { PersonObject } from './person.js';
import { TeamObject } from './team.js';

@ObjectType('SavedView', plain)
export class SavedViewObject {
  @Field(() => ID)
  readonly id!: number;
  @Field(() => String, { description: 'incidents, alerts or analytics' })
  readonly screen!: string;
  @Field(() => String)
  readonly name!: string;
  @Field(() => String, { description: 'The query string of the address.' })
  readonly search!: string;
  @Field(() => PersonObject)
  readonly person!: PersonObject;
  @Field(() => TeamObject, optional)
  readonly team!: TeamObject | null;
}

@InputType('SavedViewInput')
export class SavedViewInput {
  @Field(() => ID, optional)
  readonly id?: string | null;
  @Field(() => String)
  readonly screen!: string;
  @Field(() => String)
  readonly name!: string;
  @Field(() => String)
  readonly search!: string;
  @Field(() => String, { nullable: true, description: 'Shares it with a team that one is in.' })
  readonly team?: string | null;
}
