import type { Incident } from '@tocsin/schema/domain/incident';
import { nameKey } from '@tocsin/schema/domain/service';
import { ServiceObject } from '@tocsin/schema/graphql/service';
import type { StoredService } from '@tocsin/schema/postgres/service';
import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { ApiContext } from '../context.js';
import { optionalText } from './input.js';

const longestSearch = 256;
const mostIncidents = 20;

@Resolver(() => ServiceObject)
export class ServiceQueriesResolver {
  @Query(() => [ServiceObject], {
    description:
      'In the order of their names. `search`: words of the name, an alias, the kind, the team or the namespace.',
  })
  async services(
    @Arg('search', () => String, { nullable: true }) search: string | null | undefined,
    @Ctx() { loaders }: ApiContext,
  ): Promise<readonly StoredService[]> {
    const words = (optionalText('search', search, longestSearch) ?? '').toLowerCase().split(/\s+/);
    return (await loaders.catalogue()).filter((service) => {
      const text = textOf(service);
      return words.every((word) => text.includes(word));
    });
  }

  @Query(() => ServiceObject, { nullable: true, description: 'By its name or an alias, in upper or lower case.' })
  async service(
    @Arg('name', () => String) name: string,
    @Ctx() { loaders }: ApiContext,
  ): Promise<StoredService | null> {
    const key = nameKey(name);
    const services = await loaders.catalogue();
    return services.find((each) => [each.name, ...each.aliases].some((known) => nameKey(known) === key)) ?? null;
  }

  @FieldResolver()
  dependedOnBy(@Root() service: StoredService, @Ctx() { loaders }: ApiContext): Promise<readonly string[]> {
    return loaders.dependedOnBy(service.name);
  }

  @FieldResolver()
  async openIncidentCount(@Root() service: StoredService, @Ctx() { loaders }: ApiContext): Promise<number> {
    return (await loaders.serviceHealth.load(service)).openIncidentCount;
  }

  @FieldResolver()
  async firingAlertCount(@Root() service: StoredService, @Ctx() { loaders }: ApiContext): Promise<number> {
    return (await loaders.serviceHealth.load(service)).firingAlertCount;
  }

  @FieldResolver()
  async worstSeverity(@Root() service: StoredService, @Ctx() { loaders }: ApiContext): Promise<string | null> {
    return (await loaders.serviceHealth.load(service)).worstSeverity;
  }

  @FieldResolver()
  async openIncidents(@Root() service: StoredService, @Ctx() { loaders }: ApiContext): Promise<readonly Incident[]> {
    const { incidentIds } = await loaders.serviceHealth.load(service);
    const found = await Promise.all(incidentIds.slice(0, mostIncidents).map((id) => loaders.incident.load(id)));
    return found.filter((incident) => incident !== null);
  }
}

function textOf({ name, aliases, kind, team, namespace }: StoredService): string {
  return [name, ...aliases, kind, team ?? '', namespace ?? ''].join('\n').toLowerCase();
}
