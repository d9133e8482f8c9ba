import type { Integration } from '@tocsin/schema/domain/source';
import { CreateIntegrationInput, UpdateIntegrationInput } from '@tocsin/schema/graphql/inputs';
import { IntegrationObject, IntegrationWithSecretObject } from '@tocsin/schema/graphql/integration';
import { deadLetterExists, replayableDeadLetters } from '@tocsin/schema/postgres/deadLetterList';
import { type IntegrationChange, updateIntegration } from '@tocsin/schema/postgres/integration';
import { createIntegrationIn, rotateSecret } from '@tocsin/schema/postgres/integrationSecret';
import type { Queryable } from '@tocsin/schema/postgres/pool';
import { addTimers, type NewTimer } from '@tocsin/schema/postgres/timer';
import { inTransaction } from '@tocsin/schema/postgres/transaction';
import { Arg, Ctx, ID, Int, Mutation, Resolver } from 'type-graphql';
import type { ApiContext } from '../context.js';
import { invalidInput, notFound } from '../errors.js';
import { changeIntegration, recordNewIntegration } from './integrationChange.js';
import {
  aliasesOf,
  assertReconcileAddress,
  heartbeatOf,
  reconcileUrlOf,
  requireSealer,
  storeSealed,
  topicsOf,
} from './integrationSettings.js';
import { idList, optionalText, requiredId, requiredText, textList, wholeNumber } from './input.js';

const longest = { name: 100, label: 1_024 } as const;
const mostLabels = 100;
/** What a replay of everything takes at a time; the rest is there for the next. */
const mostReplays = 10_000;
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
    const reconcileUrl = reconcileUrlOf(input.reconcileUrl, input.source) ?? null;
    if (input.reconcileToken) requireSealer(context.services, 'reconcileToken');
    const settings = {
      name: requiredText('name', input.name, longest.name),
      source: input.source,
      team: optionalText('team', input.team, longest.name),
      environment: optionalText('environment', input.environment, longest.name),
      staleAfterSeconds: input.staleAfterSeconds == null ? null : staleAfter(input.staleAfterSeconds),
      staleAction: input.staleAction ?? null,
      ignoreLabels: listOrNull('ignoreLabels', input.ignoreLabels) ?? null,
      volatileAnnotations: listOrNull('volatileAnnotations', input.volatileAnnotations) ?? null,
      labelAliases: aliasesOf(input.labelAliases) ?? null,
      heartbeatSeconds: heartbeatOf(input.heartbeatSeconds) ?? null,
      reconcileUrl,
      topics: topicsOf(input.topics, input.source) ?? null,
    };
    const { id, secret } = await inTransaction(context.services.pool, async (db) => {
      const made = await createIntegrationIn(db, settings);
      const { reconcileToken: token } = input;
      if (token) await storeSealed(db, context, made.id, 'reconcile', token, 'reconcileToken');
      await recordNewIntegration(db, context, made.id);
      return made;
    });
    if (reconcileUrl !== null) await add(context, { kind: 'integration.reconcile', key: String(id) });
    return { integration: await requiredIntegration(context, String(id)), secret };
  }

  @Mutation(() => IntegrationObject)
  async updateIntegration(
    @Arg('id', () => ID) id: string,
    @Arg('input', () => UpdateIntegrationInput) input: UpdateIntegrationInput,
    @Ctx() context: ApiContext,
  ): Promise<Integration> {
    const { id: integrationId, source } = await requiredIntegration(context, id);
    const reconcileUrl = reconcileUrlOf(input.reconcileUrl, source);
    const topics = topicsOf(input.topics, source);
    const { reconcileToken: token } = input;
    const change = { ...changeOf(input), reconcileUrl, topics };
    await changeIntegration(
      context,
      integrationId,
      async (db) => {
        if (reconcileUrl != null && token === undefined) await assertReconcileAddress(db, integrationId, reconcileUrl);
        await updateIntegration(db, integrationId, change);
        if (token !== undefined) {
          await storeSealed(db, context, integrationId, 'reconcile', token, 'reconcileToken');
        }
      },
      token === undefined ? {} : { isReconcileTokenSet: token !== null && token !== '' },
    );
    if (reconcileUrl != null) await add(context, { kind: 'integration.reconcile', key: String(integrationId) });
    context.loaders.integration.clear(integrationId);
    return requiredIntegration(context, id);
  }

  @Mutation(() => IntegrationWithSecretObject, { description: 'The old secrets stay valid for `overlapSeconds`.' })
  async rotateIntegrationSecret(
    @Arg('id', () => ID) id: string,
    @Arg('overlapSeconds', () => Int, { nullable: true, defaultValue: day }) overlapSeconds: number | null,
    @Ctx() context: ApiContext,
  ): Promise<WithSecret> {
    const overlap = wholeNumber('overlapSeconds', overlapSeconds ?? day, 0, 30 * day);
    const integrationId = requiredId('integration', id);
    const told = { isSecretRotated: true, overlapSeconds: overlap };
    const rotate = (db: Queryable) => rotateSecret(db, integrationId, overlap);
    const secret = await changeIntegration(context, integrationId, rotate, told);
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

  @Mutation(() => Int, {
    description:
      'Tries dead letters again; all of the integration when `ids` is null. The number that was put in line.',
  })
  async replayDeadLetters(
    @Arg('integrationId', () => ID) id: string,
    @Arg('ids', () => [ID], { nullable: true }) ids: readonly string[] | null | undefined,
    @Ctx() context: ApiContext,
  ): Promise<number> {
    const { pool } = context.services;
    const integration = await requiredIntegration(context, id);
    const wanted = ids == null ? null : idList('ids', 'dead letter', ids, mostReplays);
    const found = await replayableDeadLetters(pool, integration.id, wanted, mostReplays);
    const missing = wanted?.find((each) => !found.includes(each));
    if (missing !== undefined) throw notFound('dead letter', String(missing));
    const dueAt = Date.now();
    await addTimers(
      pool,
      found.map((each) => ({
        kind: 'deadLetter.replay',
        key: String(each),
        dueAt,
        data: { deadLetterId: each },
      })),
    );
    return found.length;
  }

  @Mutation(() => IntegrationObject, {
    description:
      'The secret that the sender signs with (Grafana, Sentry); null takes it away. Kept encrypted, never readable. INVALID_INPUT where this installation has no key to keep it under.',
  })
  async setSigningSecret(
    @Arg('integrationId', () => ID) id: string,
    @Arg('secret', () => String, { nullable: true }) secret: string | null | undefined,
    @Ctx() context: ApiContext,
  ): Promise<Integration> {
    const integrationId = requiredId('integration', id);
    await changeIntegration(
      context,
      integrationId,
      (db) => storeSealed(db, context, integrationId, 'signing', secret, 'secret'),
      { isSigningSecretReplaced: secret != null && secret !== '' },
    );
    context.loaders.integration.clear(integrationId);
    return requiredIntegration(context, id);
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
    labelAliases: aliasesOf(input.labelAliases),
    heartbeatSeconds: heartbeatOf(input.heartbeatSeconds),
  };
}
