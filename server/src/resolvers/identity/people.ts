import type { Role } from '@tocsin/schema/domain/role';
import { RoleEnum } from '@tocsin/schema/graphql/enums';
import {
  InvitationInput,
  InvitationObject,
  InvitationWithLinkObject,
  OneTimeLinkObject,
  PersonObject,
} from '@tocsin/schema/graphql/person';
import { TeamMembershipObject } from '@tocsin/schema/graphql/team';
import { openInvitations, type StoredLink } from '@tocsin/schema/postgres/oneTimeLink';
import { findPersons, type Person } from '@tocsin/schema/postgres/person';
import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import {
  createPasswordLink,
  deactivatePerson,
  invitePerson,
  reactivatePerson,
  revokeInvitation,
  setPersonRole,
} from '../../auth/people.js';
import type { ApiContext } from '../../context.js';
import { invalidInput } from '../../errors.js';
import { optionalText, requiredId, requiredText } from '../input.js';
import { acting, emailOf } from './acting.js';

@Resolver(() => PersonObject)
export class PeopleResolver {
  @Query(() => [PersonObject])
  people(
    @Arg('search', () => String, { nullable: true }) search: string | null | undefined,
    @Arg('isActive', () => Boolean, { nullable: true, defaultValue: true }) isActive: boolean | null,
    @Ctx() { services: { pool } }: ApiContext,
  ): Promise<readonly Person[]> {
    return findPersons(pool, optionalText('search', search, 100), isActive);
  }

  @Query(() => PersonObject, { nullable: true })
  async person(
    @Arg('id', () => ID, { nullable: true }) id: string | null | undefined,
    @Arg('handle', () => String, { nullable: true }) handle: string | null | undefined,
    @Ctx() { loaders }: ApiContext,
  ): Promise<Person | null> {
    if ((id == null) === (handle == null)) throw invalidInput('id', 'Give either id or handle.');
    if (id != null) return loaders.personById.load(requiredId('person', id));
    return loaders.personByHandle.load(requiredText('handle', handle ?? '', 100));
  }

  @FieldResolver(() => [TeamMembershipObject])
  async teams(@Root() person: Person, @Ctx() { loaders }: ApiContext): Promise<readonly object[]> {
    const [memberships, teams] = await Promise.all([loaders.membershipsOfPerson.load(person.id), loaders.teams()]);
    return memberships.flatMap(({ teamId, role }) => {
      const team = teams.find(({ id }) => id === teamId);
      return team === undefined ? [] : [{ team, person, role }];
    });
  }

  @Mutation(() => PersonObject, { description: "FORBIDDEN above one's own role; CONFLICT for the last admin." })
  setPersonRole(
    @Arg('id', () => ID) id: string,
    @Arg('role', () => RoleEnum) role: Role,
    @Ctx() context: ApiContext,
  ): Promise<Person> {
    return setPersonRole(acting(context), requiredId('person', id), role);
  }

  @Mutation(() => PersonObject)
  deactivatePerson(@Arg('id', () => ID) id: string, @Ctx() context: ApiContext): Promise<Person> {
    return deactivatePerson(acting(context), requiredId('person', id));
  }

  @Mutation(() => PersonObject)
  reactivatePerson(@Arg('id', () => ID) id: string, @Ctx() context: ApiContext): Promise<Person> {
    return reactivatePerson(acting(context), requiredId('person', id));
  }

  @Mutation(() => OneTimeLinkObject, {
    description: 'To choose a new password, by mail as well where that is set up; it ends the sessions that are open.',
  })
  createPasswordLink(@Arg('personId', () => ID) personId: string, @Ctx() context: ApiContext): Promise<object> {
    return createPasswordLink(acting(context), requiredId('person', personId));
  }
}

@Resolver(() => InvitationObject)
export class InvitationsResolver {
  @Query(() => [InvitationObject])
  invitations(@Ctx() { services: { pool } }: ApiContext): Promise<readonly StoredLink[]> {
    return openInvitations(pool, Date.now());
  }

  @FieldResolver(() => PersonObject, { nullable: true })
  async createdBy(@Root() { createdBy }: StoredLink, @Ctx() { loaders }: ApiContext): Promise<Person | null> {
    return createdBy === null ? null : loaders.personById.load(createdBy);
  }

  @Mutation(() => InvitationWithLinkObject, { description: 'Goes to the address as well, where mail is set up.' })
  invitePerson(
    @Arg('input', () => InvitationInput) input: InvitationInput,
    @Ctx() context: ApiContext,
  ): Promise<object> {
    const draft = {
      email: emailOf('email', input.email),
      role: roleOf(input.role),
      teams: input.teams.slice(0, 50).map(({ team, role }) => ({
        team: requiredText('teams', team, 100),
        role: roleOf(role),
      })),
    };
    return invitePerson(acting(context), draft);
  }

  @Mutation(() => Boolean)
  revokeInvitation(@Arg('id', () => ID) id: string, @Ctx() context: ApiContext): Promise<boolean> {
    return revokeInvitation(acting(context), id);
  }
}

/** The enum's values are the roles themselves. */
function roleOf(value: string): Role {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
  return value as Role;
}
