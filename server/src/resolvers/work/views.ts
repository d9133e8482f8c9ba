import { nameKey } from '@tocsin/schema/domain/service';
import { PersonObject } from '@tocsin/schema/graphql/person';
import { SavedViewInput, SavedViewObject } from '@tocsin/schema/graphql/savedView';
import { TeamObject } from '@tocsin/schema/graphql/team';
import type { Person } from '@tocsin/schema/postgres/person';
import { deleteView, type SavedView, saveView, viewScreens, viewsFor } from '@tocsin/schema/postgres/savedView';
import type { Team } from '@tocsin/schema/postgres/team';
import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { ApiContext } from '../../context.js';
import { invalidInput } from '../../errors.js';
import { optionalText, requiredId, requiredText } from '../input.js';

@Resolver(() => SavedViewObject)
export class SavedViewsResolver {
  @Query(() => [SavedViewObject], { description: "One's own, and those that one's teams share." })
  savedViews(
    @Arg('screen', () => String) screen: string,
    @Ctx() { services: { pool }, viewer }: ApiContext,
  ): Promise<readonly SavedView[]> {
    return viewsFor(pool, viewer.personId, screenOf('screen', screen));
  }

  @Mutation(() => SavedViewObject, { description: 'The same name on the same screen is the same view.' })
  async saveView(
    @Arg('input', () => SavedViewInput) input: SavedViewInput,
    @Ctx() { services: { pool }, viewer, loaders }: ApiContext,
  ): Promise<SavedView> {
    const team = optionalText('input.team', input.team, 100);
    const found = (await loaders.teams()).find(({ name }) => team !== null && nameKey(name) === nameKey(team));
    if (team !== null && found === undefined) throw invalidInput('input.team', `There is no team ${team}.`);
    return saveView(pool, {
      id: input.id == null ? null : requiredId('view', input.id),
      personId: viewer.personId,
      teamId: found?.id ?? null,
      screen: screenOf('input.screen', input.screen),
      name: requiredText('input.name', input.name, 100),
      search: optionalText('input.search', input.search, 4_000) ?? '',
    });
  }

  @Mutation(() => Boolean, { description: "False where there was none of one's own." })
  deleteView(@Arg('id', () => ID) id: string, @Ctx() { services: { pool }, viewer }: ApiContext): Promise<boolean> {
    return deleteView(pool, requiredId('view', id), viewer.personId);
  }

  @FieldResolver(() => PersonObject)
  person(@Root() { personId }: SavedView, @Ctx() { loaders }: ApiContext): Promise<Person | null> {
    return loaders.personById.load(personId);
  }

  @FieldResolver(() => TeamObject, { nullable: true })
  async team(@Root() { teamId }: SavedView, @Ctx() { loaders }: ApiContext): Promise<Team | null> {
    return (await loaders.teams()).find(({ id }) => id === teamId) ?? null;
  }
}

function screenOf(field: string, screen: string): string {
  if ((viewScreens as readonly string[]).includes(screen)) return screen;
  throw invalidInput(field, `screen must be one of ${viewScreens.join(', ')}.`);
}
