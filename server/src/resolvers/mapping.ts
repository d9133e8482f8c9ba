import { DomainFailure } from '@tocsin/schema/domain/errors';
import { checkMapping, type MappingError } from '@tocsin/schema/domain/mapping';
import { previewMapping } from '@tocsin/schema/domain/mappingPreview';
import type { NormalisedAlert } from '@tocsin/schema/domain/alert';
import type { Integration, SourceKind } from '@tocsin/schema/domain/source';
import { IntegrationObject } from '@tocsin/schema/graphql/integration';
import {
  FieldMappingInput,
  FieldMappingObject,
  MappingPreviewObject,
  ReceivedBodyObject,
} from '@tocsin/schema/graphql/mapping';
import { saveMapping } from '@tocsin/schema/postgres/integration';
import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { ApiContext } from '../context.js';
import { invalidInput, notFound } from '../errors.js';
import { changeIntegration } from './integrationChange.js';
import { requiredId } from './input.js';

/** The kinds whose bodies have no format of their own. */
const mappable: ReadonlySet<SourceKind> = new Set(['generic', 'cloudevents']);
/** What a sender may post. */
const longestBody = 5 * 1024 * 1024;

@Resolver(() => IntegrationObject)
export class MappingResolver {
  @FieldResolver(() => [FieldMappingObject], {
    description: 'Where the fields of an alert stand in its bodies; empty: under their common names.',
  })
  mapping(@Root() integration: Integration): readonly FieldMappingObject[] {
    return integration.mapping;
  }

  @FieldResolver(() => [ReceivedBodyObject], {
    description:
      'Bodies received last, to map against; newest first, at most 5. A sample: of GENERIC and CLOUDEVENTS, up to 64 KiB.',
  })
  async recentBodies(
    @Root() integration: Integration,
    @Ctx() { loaders }: ApiContext,
  ): Promise<readonly ReceivedBodyObject[]> {
    return loaders.recentBodies.load(integration.id);
  }

  @Query(() => MappingPreviewObject, {
    description: 'What the mapping makes of a body, without storing either. INVALID_INPUT where the body is no JSON.',
  })
  async previewMapping(
    @Arg('integrationId', () => ID) id: string,
    @Arg('mapping', () => [FieldMappingInput]) mapping: readonly FieldMappingInput[],
    @Arg('body', () => String) body: string,
    @Ctx() context: ApiContext,
  ): Promise<object> {
    const integration = await mappableIntegration(context, id);
    const { errors, alert } = previewMapping(jsonOf(body), mapping, integration, Date.now());
    return { errors: errors.map(shownError), alert: alert === null ? null : shown(alert) };
  }

  @Mutation(() => IntegrationObject, {
    description:
      'Replaces the mapping; an empty one takes it away. Counts within seconds. EXPRESSION_INVALID with the `field`, e.g. `mapping[2].expression`, and the place in it.',
  })
  async saveMapping(
    @Arg('integrationId', () => ID) id: string,
    @Arg('mapping', () => [FieldMappingInput]) mapping: readonly FieldMappingInput[],
    @Ctx() context: ApiContext,
  ): Promise<Integration> {
    const integration = await mappableIntegration(context, id);
    refuseWrong(mapping);
    const rows = mapping.map(({ field, expression }) => ({ field, expression }));
    await changeIntegration(context, integration.id, (db) => saveMapping(db, integration.id, rows));
    context.loaders.integration.clear(integration.id);
    return mappableIntegration(context, id);
  }
}

async function mappableIntegration({ loaders }: ApiContext, id: string): Promise<Integration> {
  const integration = await loaders.integration.load(requiredId('integration', id));
  if (integration === null) throw notFound('integration', id);
  if (mappable.has(integration.source)) return integration;
  throw invalidInput('integrationId', `An integration of ${integration.source} needs no mapping: its format is known.`);
}

function refuseWrong(mapping: readonly FieldMappingInput[]): void {
  const [error] = checkMapping(mapping);
  if (error === undefined) return;
  const index = mapping.findLastIndex(({ field }) => field === error.field);
  const { message, at } = error;
  if (at === null) throw invalidInput(`mapping[${index}].field`, message);
  throw new DomainFailure({ code: 'EXPRESSION_INVALID', message, field: `mapping[${index}].expression`, ...at });
}

function jsonOf(body: string): unknown {
  if (body.length > longestBody) throw invalidInput('body', 'The body is larger than what a sender may post.');
  try {
    const parsed: unknown = JSON.parse(body);
    return parsed;
  } catch (cause) {
    throw invalidInput('body', `The body is no JSON: ${cause instanceof Error ? cause.message : ''}`);
  }
}

function shownError({ field, message, at }: MappingError): object {
  return { field, message, line: at?.line ?? null, column: at?.column ?? null };
}

function shown({ labels, ...alert }: NormalisedAlert): object {
  return { ...alert, labels: Object.entries(labels).map(([name, value]) => ({ name, value })) };
}
