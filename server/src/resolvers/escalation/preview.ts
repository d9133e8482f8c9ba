import { nameKey } from '@tocsin/schema/domain/service';
import type { Severity } from '@tocsin/schema/domain/severity';
import { SeverityEnum } from '@tocsin/schema/graphql/enums';
import { PagePreviewObject } from '@tocsin/schema/graphql/escalation';
import { DateTime } from '@tocsin/schema/graphql/scalars';
import { incidentFacts } from '@tocsin/schema/postgres/incidentFacts';
import { runningPolicies } from '@tocsin/schema/postgres/runningPolicy';
import { loadServices } from '@tocsin/schema/postgres/service';
import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import type { ApiContext } from '../../context.js';
import { imaginedIncident, previewPolicy } from '../../respond/escalation/preview.js';
import { idOrNull, optionalText } from '../input.js';

@Resolver()
export class PagePreviewResolver {
  @Query(() => [PagePreviewObject], {
    description:
      'Who would be called if nobody answered, step by step: by a policy, or by the one that a service or an incident is under. Empty: nobody.',
  })
  async previewPages(
    @Arg('policyId', () => ID, { nullable: true }) policyId: string | null | undefined,
    @Arg('service', () => String, { nullable: true }) service: string | null | undefined,
    @Arg('incidentId', () => ID, { nullable: true }) incidentId: string | null | undefined,
    @Arg('severity', () => SeverityEnum, { nullable: true }) severity: Severity | null | undefined,
    @Arg('at', () => DateTime, { nullable: true }) at: number | null | undefined,
    @Ctx() context: ApiContext,
  ): Promise<readonly object[]> {
    const { services, loaders } = context;
    const serviceName = optionalText('service', service, 200);
    const incident = incidentId == null ? null : idOrNull(incidentId);
    const id = policyId == null ? await policyOf(context, serviceName, incident) : idOrNull(policyId);
    const policy = id === null ? undefined : (await runningPolicies(services.pool, [id])).get(id);
    if (policy === undefined) return [];
    const known = incident === null ? undefined : (await incidentFacts(services.pool, [incident])).get(incident);
    const facts = known ?? imaginedIncident(serviceName, severity ?? 'critical');
    const steps = await previewPolicy(
      services.pool,
      policy,
      severity ? { ...facts, severity } : facts,
      at ?? Date.now(),
    );
    return Promise.all(
      steps.map(async ({ step, afterSeconds, called, skippedBecause }) => ({
        step: step + 1,
        afterSeconds,
        skippedBecause,
        channels: called?.channels.map(({ name }) => name) ?? [],
        missing: called?.missing ?? [],
        people: await Promise.all(
          (called?.people ?? []).map(async ({ personId, because }) => ({
            because,
            isReachable: called?.unreachable.has(personId) === false,
            person: await loaders.personById.load(personId),
          })),
        ),
      })),
    );
  }
}

async function policyOf(
  { services, loaders }: ApiContext,
  service: string | null,
  incidentId: number | null,
): Promise<number | null> {
  if (incidentId !== null) return (await loaders.ownership.load(incidentId)).policyId;
  if (service === null) return null;
  const key = nameKey(service);
  const found = (await loadServices(services.pool)).find(({ name }) => nameKey(name) === key);
  if (found === undefined) return null;
  const team = (await loaders.teams()).find(({ name }) => found.team !== null && nameKey(name) === nameKey(found.team));
  return found.escalationPolicyId ?? team?.escalationPolicyId ?? null;
}
