import { ConfigurationResultObject } from '@tocsin/schema/graphql/configuration';
import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { applyConfiguration, exportConfiguration } from '../configurationApply.js';
import type { ApiContext } from '../context.js';

@Resolver()
export class ConfigurationResolver {
  @Query(() => String, {
    description:
      'Rules, maintenance windows and silences that have not ended, services, teams, schedules, escalation policies, channels, types of incident, the priority matrix, severity criteria, message templates, runbooks, automation and the status page as one YAML document, without secrets. Applying it as it is changes nothing.',
  })
  exportConfiguration(@Ctx() { services }: ApiContext): Promise<string> {
    return exportConfiguration(services.pool);
  }

  @Mutation(() => ConfigurationResultObject, {
    description:
      'Makes the configuration what the YAML document says, in one transaction. A section that it leaves out stays as it is; of one that it has, what is not in it is removed (windows are ended, types and runbooks archived). People are named by their handles and must be there.',
  })
  applyConfiguration(
    @Arg('document', () => String) document: string,
    @Arg('dryRun', () => Boolean, { nullable: true, defaultValue: true }) dryRun: boolean | null,
    @Ctx() { services, actor }: ApiContext,
  ): Promise<object> {
    return applyConfiguration(services.pool, document, { dryRun: dryRun !== false, actor, now: Date.now() });
  }
}
