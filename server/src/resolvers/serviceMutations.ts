import { nameKey } from '@tocsin/schema/domain/service';
import type { ServiceChange } from '@tocsin/schema/domain/serviceDiff';
import { parseServiceDocument } from '@tocsin/schema/domain/serviceDocument';
import { ConfigurationResultObject } from '@tocsin/schema/graphql/configuration';
import { ServiceInput, ServiceObject } from '@tocsin/schema/graphql/service';
import { loadServices, type StoredService } from '@tocsin/schema/postgres/service';
import { editCatalogue, withoutService, withPatches } from '@tocsin/schema/postgres/serviceWrite';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { ApiContext } from '../context.js';
import { invalidInput, notFound } from '../errors.js';

@Resolver()
export class ServiceMutationsResolver {
  @Mutation(() => ServiceObject, { description: 'Adds the service, or changes the one of this name.' })
  async saveService(
    @Arg('input', () => ServiceInput) input: ServiceInput,
    @Ctx() { services, actor }: ApiContext,
  ): Promise<StoredService> {
    await editCatalogue(services.pool, { edit: withPatches([input]), actor, now: Date.now() });
    // Not by the loader: it may have read the catalogue before.
    const saved = (await loadServices(services.pool)).find((each) => nameKey(each.name) === nameKey(input.name));
    if (saved === undefined) throw notFound('service', input.name);
    return saved;
  }

  @Mutation(() => Boolean, {
    description:
      'False where there was none. Services that depend on it keep saying so, of something outside of the catalogue.',
  })
  async deleteService(
    @Arg('name', () => String) name: string,
    @Ctx() { services, actor }: ApiContext,
  ): Promise<boolean> {
    const changes = await editCatalogue(services.pool, { edit: withoutService(name), actor, now: Date.now() });
    return changes.length > 0;
  }

  @Mutation(() => ConfigurationResultObject, {
    description:
      'YAML or JSON: a list of services, or an object with `services`. Services that it does not name stay, and so does what it leaves out of those that it names.',
  })
  async importServices(
    @Arg('document', () => String) document: string,
    @Arg('dryRun', () => Boolean, { nullable: true, defaultValue: true }) dryRun: boolean | null,
    @Ctx() { services, actor }: ApiContext,
  ): Promise<{ readonly isApplied: boolean; readonly changes: readonly ServiceChange[] }> {
    const parsed = parseServiceDocument(document);
    if (!parsed.ok) throw invalidInput('document', parsed.message);
    const isDry = dryRun !== false;
    const edit = withPatches(parsed.patches);
    const changes = await editCatalogue(services.pool, { edit, actor, now: Date.now(), dryRun: isDry });
    return { isApplied: !isDry && changes.length > 0, changes };
  }
}
