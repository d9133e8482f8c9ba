import './metadata.js';
import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { scopes } from '../domain/role.js';
import { optional, plain } from './common.js';
import { RoleEnum, upperCase } from './enums.js';
import { DateTime } from './scalars.js';

export const TokenScopeEnum = Object.fromEntries(scopes.map((scope) => [upperCase(scope), scope]));
registerEnumType(TokenScopeEnum, { name: 'TokenScope', description: 'What an API token may be narrowed to.' });
export const SignInMethodEnum = { PASSWORD: 'password', OIDC: 'oidc', LINK: 'link' } as const;
registerEnumType(SignInMethodEnum, { name: 'SignInMethod' });

@ObjectType('Person', plain)
export class PersonObject {
  @Field(() => ID)
  readonly id!: number;
  @Field(() => String, { description: 'What the log and assignments name; it never changes.' })
  readonly handle!: string;
  @Field(() => String)
  readonly name!: string;
  @Field(() => String, { nullable: true, description: 'Responders and up see it, and oneself.' })
  readonly email!: string | null;
  @Field(() => RoleEnum)
  readonly role!: string;
  @Field(() => Boolean)
  readonly isActive!: boolean;
  @Field(() => String)
  readonly timeZone!: string;
  @Field(() => Int)
  readonly version!: number;
  @Field(() => Boolean, { nullable: true, description: 'Managers and oneself.' })
  readonly hasPassword!: boolean | null;
  @Field(() => DateTime, { nullable: true, description: 'Managers and oneself.' })
  readonly lastSeenAt!: number | null;
  @Field(() => DateTime)
  readonly createdAt!: number;
}

@ObjectType('Session', plain)
export class SessionObject {
  @Field(() => ID)
  readonly id!: number;
  @Field(() => SignInMethodEnum)
  readonly method!: string;
  @Field(() => DateTime)
  readonly createdAt!: number;
  @Field(() => DateTime)
  readonly lastSeenAt!: number;
  @Field(() => DateTime)
  readonly expiresAt!: number;
  @Field(() => String)
  readonly address!: string;
  @Field(() => String)
  readonly userAgent!: string;
  @Field(() => Boolean)
  readonly isCurrent!: boolean;
  @Field(() => PersonObject)
  readonly person!: PersonObject;
}

@ObjectType('ApiToken', plain)
export class ApiTokenObject {
  @Field(() => ID)
  readonly id!: number;
  @Field(() => String)
  readonly name!: string;
  @Field(() => String, { description: 'Its last characters.' })
  readonly hint!: string;
  @Field(() => PersonObject, { description: 'Whom it acts as, and never with more than they may.' })
  readonly person!: PersonObject;
  @Field(() => [TokenScopeEnum])
  readonly scopes!: readonly string[];
  @Field(() => [String], {
    nullable: true,
    description: 'The teams that it acts for alone; null: wherever the person may.',
  })
  readonly teams!: readonly string[] | null;
  @Field(() => PersonObject)
  readonly createdBy!: PersonObject;
  @Field(() => DateTime)
  readonly createdAt!: number;
  @Field(() => DateTime)
  readonly expiresAt!: number;
  @Field(() => DateTime, optional)
  readonly lastUsedAt!: number | null;
  @Field(() => String, optional)
  readonly lastUsedAddress!: string | null;
}

@ObjectType('ApiTokenWithSecret', { ...plain, description: 'The only time the token is readable.' })
export class ApiTokenWithSecretObject {
  @Field(() => ApiTokenObject)
  readonly apiToken!: ApiTokenObject;
  @Field(() => String)
  readonly secret!: string;
}

@ObjectType('Viewer', { ...plain, description: 'Who asks, and what they may.' })
export class ViewerObject {
  @Field(() => PersonObject)
  readonly person!: PersonObject;
  @Field(() => SessionObject, { nullable: true, description: 'The one in use.' })
  readonly session!: SessionObject | null;
  @Field(() => ApiTokenObject, { nullable: true, description: 'The one in use.' })
  readonly apiToken!: ApiTokenObject | null;
  @Field(() => [String], {
    description: 'Keys of the permission table that hold globally or in some team, e.g. `Mutation.saveTeam`.',
  })
  readonly permissions!: readonly string[];
}

@ObjectType('TeamRole', plain)
export class TeamRoleObject {
  @Field(() => String)
  readonly team!: string;
  @Field(() => RoleEnum)
  readonly role!: string;
}

@ObjectType('Invitation', plain)
export class InvitationObject {
  @Field(() => ID)
  readonly id!: string;
  @Field(() => String, optional)
  readonly email!: string | null;
  @Field(() => RoleEnum)
  readonly role!: string;
  @Field(() => [TeamRoleObject])
  readonly teams!: readonly TeamRoleObject[];
  @Field(() => PersonObject, optional)
  readonly createdBy!: PersonObject | null;
  @Field(() => DateTime)
  readonly createdAt!: number;
  @Field(() => DateTime)
  readonly expiresAt!: number;
}

@ObjectType('InvitationWithLink', { ...plain, description: 'The only time the link is readable.' })
export class InvitationWithLinkObject {
  @Field(() => InvitationObject)
  readonly invitation!: InvitationObject;
  @Field(() => String)
  readonly url!: string;
}

@ObjectType('OneTimeLink', { ...plain, description: 'The only time the link is readable.' })
export class OneTimeLinkObject {
  @Field(() => String)
  readonly url!: string;
  @Field(() => DateTime)
  readonly expiresAt!: number;
}

@InputType('TeamRoleInput')
export class TeamRoleInput {
  @Field(() => String)
  readonly team!: string;
  @Field(() => RoleEnum)
  readonly role!: string;
}

@InputType('InvitationInput')
export class InvitationInput {
  @Field(() => String, optional)
  readonly email?: string | null;
  @Field(() => RoleEnum)
  readonly role!: string;
  @Field(() => [TeamRoleInput], { defaultValue: [] })
  readonly teams!: readonly TeamRoleInput[];
}

@InputType('ApiTokenInput')
export class ApiTokenInput {
  @Field(() => String)
  readonly name!: string;
  @Field(() => ID, { nullable: true, description: 'Null: oneself.' })
  readonly personId?: string | null;
  @Field(() => [TokenScopeEnum])
  readonly scopes!: readonly string[];
  @Field(() => [String], { nullable: true, description: 'Null: wherever the person may act.' })
  readonly teams?: readonly string[] | null;
  @Field(() => Int, { defaultValue: 90 })
  readonly expiresInDays!: number;
}

@InputType('ProfileInput')
export class ProfileInput {
  @Field(() => String, optional)
  readonly name?: string | null;
  @Field(() => String, optional)
  readonly email?: string | null;
  @Field(() => String, optional)
  readonly timeZone?: string | null;
}
