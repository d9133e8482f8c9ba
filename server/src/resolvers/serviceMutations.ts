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
import type { Loaders } from '../loaders/loaders.js';

@Resolver()
export class ServiceMutationsResolver {
  @Mutation(() => ServiceObject, { description: 'Adds the service, or changes the one of this name.' })
  async saveService(
    @Arg('input', () => ServiceInput) input: ServiceInput,
    @Ctx() { services, loaders, actor }: ApiContext,
  ): Promise<StoredService> {
    const { escalationPolicyId, ...rest } = input;
    const patch =
      escalationPolicyId === undefined
        ? rest
        : { ...rest, escalationPolicy: await policyName(loaders, escalationPolicyId) };
    await editCatalogue(services.pool, { edit: withPatches([patch]), actor, now: Date.now() });
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

/** The catalogue, and its documents, name a policy as people do. */
async function policyName(loaders: Loaders, id: string | null): Promise<string | null> {
  if (id === null) return null;
  const policy = (await loaders.policies()).find((each) => String(each.id) === id);
  if (policy === undefined)
    throw invalidInput('input.escalationPolicyId', `There is no escalation policy ${id.slice(0, 20)}.`);
  return policy.name;
}
