import type { Integration } from '@tocsin/schema/domain/source';
import { CreateIntegrationInput, UpdateIntegrationInput } from '@tocsin/schema/graphql/inputs';
import { IntegrationObject, IntegrationWithSecretObject } from '@tocsin/schema/graphql/integration';
import { deadLetterExists } from '@tocsin/schema/postgres/deadLetterList';
import { type IntegrationChange, updateIntegration } from '@tocsin/schema/postgres/integration';
import { createIntegration, rotateSecret } from '@tocsin/schema/postgres/integrationSecret';
import { addTimers, type NewTimer } from '@tocsin/schema/postgres/timer';
import { Arg, Ctx, ID, Int, Mutation, Resolver } from 'type-graphql';
import type { ApiContext } from '../context.js';
import { invalidInput, notFound } from '../errors.js';
import { optionalText, requiredId, requiredText, textList, wholeNumber } from './input.js';

const longest = { name: 100, label: 1_024 } as const;
const mostLabels = 100;
const day = 86_400;

interface WithSecret {
  readonly integration: Integration;
  readonly secret: string;
}

function staleAfter(seconds: number): number {
  return wholeNumber('staleAfterSeconds', seconds, 60, 90 * day);
}

async function requiredIntegration({ loaders }: ApiContext, id: string): Promise<Integration> {
  const integration = await loaders.integration.load(requiredId('integration', id));
  if (integration === null) throw notFound('integration', id);
  return integration;
}

async function add({ services }: ApiContext, timer: Omit<NewTimer, 'dueAt'>): Promise<true> {
  await addTimers(services.pool, [{ ...timer, dueAt: Date.now() }]);
  return true;
}

@Resolver()
export class IntegrationMutationsResolver {
  @Mutation(() => IntegrationWithSecretObject)
  async createIntegration(
    @Arg('input', () => CreateIntegrationInput) input: CreateIntegrationInput,
    @Ctx() context: ApiContext,
  ): Promise<WithSecret> {
    const { id, secret } = await createIntegration(context.services.pool, {
      name: requiredText('name', input.name, longest.name),
      source: input.source,
      team: optionalText('team', input.team, longest.name),
      environment: optionalText('environment', input.environment, longest.name),
      staleAfterSeconds: input.staleAfterSeconds == null ? null : staleAfter(input.staleAfterSeconds),
      staleAction: input.staleAction ?? null,
      ignoreLabels: listOrNull('ignoreLabels', input.ignoreLabels) ?? null,
      volatileAnnotations: listOrNull('volatileAnnotations', input.volatileAnnotations) ?? null,
    });
    return { integration: await requiredIntegration(context, String(id)), secret };
  }

  @Mutation(() => IntegrationObject)
  async updateIntegration(
    @Arg('id', () => ID) id: string,
    @Arg('input', () => UpdateIntegrationInput) input: UpdateIntegrationInput,
    @Ctx() context: ApiContext,
  ): Promise<Integration> {
    const found = await updateIntegration(context.services.pool, requiredId('integration', id), changeOf(input));
    if (!found) throw notFound('integration', id);
    return requiredIntegration(context, id);
  }

  @Mutation(() => IntegrationWithSecretObject, { description: 'The old secrets stay valid for `overlapSeconds`.' })
  async rotateIntegrationSecret(
    @Arg('id', () => ID) id: string,
    @Arg('overlapSeconds', () => Int, { nullable: true, defaultValue: day }) overlapSeconds: number | null,
    @Ctx() context: ApiContext,
  ): Promise<WithSecret> {
    const overlap = wholeNumber('overlapSeconds', overlapSeconds ?? day, 0, 30 * day);
    const secret = await rotateSecret(context.services.pool, requiredId('integration', id), overlap);
    if (secret === null) throw notFound('integration', id);
    return { integration: await requiredIntegration(context, id), secret };
  }

  @Mutation(() => Boolean, {
    description: 'Sends one firing alert through the whole pipeline, and its resolve a minute later.',
  })
  async sendTestAlert(@Arg('integrationId', () => ID) id: string, @Ctx() context: ApiContext): Promise<boolean> {
    const integration = await requiredIntegration(context, id);
    return add(context, { kind: 'alert.test', key: `${id}:${Date.now()}`, data: { integrationId: integration.id } });
  }

  @Mutation(() => Boolean)
  async replayDeadLetter(@Arg('id', () => ID) id: string, @Ctx() context: ApiContext): Promise<boolean> {
    const deadLetterId = requiredId('dead letter', id);
    if (!(await deadLetterExists(context.services.pool, deadLetterId))) throw notFound('dead letter', id);
    return add(context, { kind: 'deadLetter.replay', key: id, data: { deadLetterId } });
  }

  @Mutation(() => Boolean, { description: 'Plays the ten-minute demo storm.' })
  startDemo(@Ctx() context: ApiContext): Promise<boolean> {
    return add(context, { kind: 'demo.start', key: 'demo' });
  }
}

function listOrNull(field: string, values: readonly string[] | null | undefined): readonly string[] | undefined {
  return values == null ? undefined : textList(field, values, mostLabels, longest.label);
}

/** What was left out stays; null takes a team or an environment away, and is refused where a value is needed. */
function changeOf(input: UpdateIntegrationInput): IntegrationChange {
  for (const field of ['name', 'staleAfterSeconds', 'staleAction'] as const) {
    if (input[field] === null) throw invalidInput(field, `${field} cannot be taken away.`);
  }
  const { name, team, environment, staleAfterSeconds, staleAction } = input;
  return {
    name: name == null ? undefined : requiredText('name', name, longest.name),
    team: team === undefined ? undefined : optionalText('team', team, longest.name),
    environment: environment === undefined ? undefined : optionalText('environment', environment, longest.name),
    staleAfterSeconds: staleAfterSeconds == null ? undefined : staleAfter(staleAfterSeconds),
    staleAction: staleAction ?? undefined,
    ignoreLabels: listOrNull('ignoreLabels', input.ignoreLabels),
    volatileAnnotations: listOrNull('volatileAnnotations', input.volatileAnnotations),
  };
}
