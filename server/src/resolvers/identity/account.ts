import { permissions } from '@tocsin/schema/domain/permission';
import { offeredKeys } from '@tocsin/schema/domain/permissionCheck';
import type { Scope } from '@tocsin/schema/domain/role';
import {
  ApiTokenInput,
  ApiTokenObject,
  ApiTokenWithSecretObject,
  PersonObject,
  ProfileInput,
  SessionObject,
  ViewerObject,
} from '@tocsin/schema/graphql/person';
import { type ApiToken, apiTokenById, apiTokensOf } from '@tocsin/schema/postgres/apiToken';
import type { Person } from '@tocsin/schema/postgres/person';
import { type Session, sessionById, sessionsOf } from '@tocsin/schema/postgres/session';
import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import {
  changePassword,
  endApiToken,
  endSessions,
  makeApiToken,
  type ProfileDraft,
  updateProfile,
} from '../../auth/account.js';
import type { ApiContext } from '../../context.js';
import { invalidInput } from '../../errors.js';
import { optionalText, requiredId, requiredText, textList, wholeNumber } from '../input.js';
import { acting, emailOf } from './acting.js';

@Resolver(() => ViewerObject)
export class ViewerResolver {
  @Query(() => ViewerObject)
  async viewer(@Ctx() { services: { pool }, viewer, loaders }: ApiContext): Promise<object> {
    const { personId, sessionId, tokenId } = viewer;
    return {
      person: await loaders.personById.load(personId),
      session: sessionId === null ? null : await sessionById(pool, sessionId),
      apiToken: tokenId === null ? null : await apiTokenById(pool, tokenId),
      permissions: offeredKeys(viewer, permissions),
    };
  }

  @Mutation(() => PersonObject)
  updateProfile(@Arg('input', () => ProfileInput) input: ProfileInput, @Ctx() context: ApiContext): Promise<Person> {
    const draft: ProfileDraft = {
      ...(input.name != null && { name: requiredText('name', input.name, 100) }),
      ...(input.email !== undefined && { email: emailOf('email', input.email) }),
      ...(input.timeZone != null && { timeZone: timeZoneOf(input.timeZone) }),
    };
    return updateProfile(acting(context), draft);
  }

  @Mutation(() => Boolean, { description: 'Ends the other sessions.' })
  async changePassword(
    @Arg('current', () => String) current: string,
    @Arg('new', () => String) next: string,
    @Ctx() context: ApiContext,
  ): Promise<boolean> {
    if (current.length > 1_000) throw invalidInput('current', 'That is not your password.');
    await changePassword(acting(context), current, next);
    return true;
  }
}

@Resolver(() => SessionObject)
export class SessionsResolver {
  @Query(() => [SessionObject])
  sessions(
    @Arg('personId', () => ID, { nullable: true }) personId: string | null | undefined,
    @Ctx() { services: { pool }, viewer }: ApiContext,
  ): Promise<readonly Session[]> {
    return sessionsOf(pool, personId == null ? viewer.personId : requiredId('person', personId), Date.now());
  }

  @FieldResolver()
  isCurrent(@Root() { id }: Session, @Ctx() { viewer }: ApiContext): boolean {
    return viewer.sessionId === id;
  }

  @FieldResolver(() => PersonObject)
  person(@Root() { personId }: Session, @Ctx() { loaders }: ApiContext): Promise<Person | null> {
    return loaders.personById.load(personId);
  }

  @Mutation(() => Boolean)
  async revokeSession(@Arg('id', () => ID) id: string, @Ctx() context: ApiContext): Promise<boolean> {
    return (await endSessions(acting(context), requiredId('session', id))) === 1;
  }

  @Mutation(() => Int, { description: 'All but the one in use; how many.' })
  revokeOtherSessions(@Ctx() context: ApiContext): Promise<number> {
    return endSessions(acting(context), 'others');
  }
}

@Resolver(() => ApiTokenObject)
export class ApiTokensResolver {
  @Query(() => [ApiTokenObject])
  apiTokens(
    @Arg('personId', () => ID, { nullable: true }) personId: string | null | undefined,
    @Ctx() { services: { pool }, viewer }: ApiContext,
  ): Promise<readonly ApiToken[]> {
    return apiTokensOf(pool, personId == null ? viewer.personId : requiredId('person', personId), Date.now());
  }

  @FieldResolver(() => PersonObject)
  person(@Root() { personId }: ApiToken, @Ctx() { loaders }: ApiContext): Promise<Person | null> {
    return loaders.personById.load(personId);
  }

  @FieldResolver(() => PersonObject)
  createdBy(@Root() { createdBy }: ApiToken, @Ctx() { loaders }: ApiContext): Promise<Person | null> {
    return loaders.personById.load(createdBy);
  }

  @Mutation(() => ApiTokenWithSecretObject)
  createApiToken(@Arg('input', () => ApiTokenInput) input: ApiTokenInput, @Ctx() context: ApiContext): Promise<object> {
    if (input.scopes.length === 0) throw invalidInput('scopes', 'scopes must name at least one.');
    return makeApiToken(acting(context), {
      name: requiredText('name', input.name, 100),
      personId: input.personId == null ? null : requiredId('person', input.personId),
      scopes: scopesOf(input.scopes),
      teams: input.teams == null ? null : textList('teams', input.teams, 50, 100),
      expiresInDays: wholeNumber('expiresInDays', input.expiresInDays, 1, 365),
    });
  }

  @Mutation(() => Boolean)
  revokeApiToken(@Arg('id', () => ID) id: string, @Ctx() context: ApiContext): Promise<boolean> {
    return endApiToken(acting(context), requiredId('API token', id));
  }
}

function timeZoneOf(value: string): string {
  const timeZone = optionalText('timeZone', value, 100) ?? '';
  if (Intl.supportedValuesOf('timeZone').includes(timeZone) || timeZone === 'UTC') return timeZone;
  throw invalidInput('timeZone', 'timeZone must be a name like Europe/Berlin.');
}

/** The enum's values are the scopes themselves. */
function scopesOf(values: readonly string[]): readonly Scope[] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
  return [...new Set(values)] as Scope[];
}
