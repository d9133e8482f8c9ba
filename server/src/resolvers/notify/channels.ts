import { randomBytes } from 'node:crypto';
import { labelList } from '@tocsin/schema/graphql/common';
import { NotificationChannelObject, TestResultObject } from '@tocsin/schema/graphql/notification';
import { ChannelInput } from '@tocsin/schema/graphql/notificationInputs';
import { TeamObject } from '@tocsin/schema/graphql/team';
import { type Channel, lockChannel, readChannelSecret, writeChannelSecret } from '@tocsin/schema/postgres/channel';
import { deleteChannelIn, recordChannel, saveChannelIn } from '@tocsin/schema/postgres/channelWrite';
import { addNotifications } from '@tocsin/schema/postgres/notificationWrite';
import { channelPurpose } from '@tocsin/schema/postgres/notificationTarget';
import type { PoolClient } from '@tocsin/schema/postgres/pool';
import { type Team, teamByName } from '@tocsin/schema/postgres/team';
import { inTransaction } from '@tocsin/schema/postgres/transaction';
import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { ApiContext } from '../../context.js';
import { ApiFailure, invalidInput, notFound } from '../../errors.js';
import { partsOfSecret } from '../../respond/notify/channels/adapter.js';
import { requiredId, wholeNumber } from '../input.js';
import { requireSealer } from '../integrationSettings.js';
import { assertAddress } from './channelAddress.js';
import { channelDraftOf, channelSecretOf } from './channelInput.js';
import { resultOf } from './testMessage.js';

const what = 'notification channel';

@Resolver(() => NotificationChannelObject)
export class ChannelsResolver {
  @Query(() => [NotificationChannelObject], { description: 'By name.' })
  notificationChannels(@Ctx() { loaders }: ApiContext): Promise<readonly Channel[]> {
    return loaders.channels();
  }

  @Mutation(() => NotificationChannelObject)
  async saveNotificationChannel(
    @Arg('input', () => ChannelInput) input: ChannelInput,
    @Arg('expectedVersion', () => Int, { nullable: true }) expectedVersion: number | null | undefined,
    @Ctx() context: ApiContext,
  ): Promise<Channel> {
    const { services, viewer, actor } = context;
    const id = input.id == null ? null : requiredId(what, input.id);
    const secret = channelSecretOf(input.kind, input.secret);
    return inTransaction(services.pool, async (db) => {
      const team = input.team == null ? null : await teamByName(db, input.team);
      if (input.team != null && team === null) throw invalidInput('team', 'There is no team of this name.');
      const draft = channelDraftOf(input, team?.id ?? null);
      const before = id === null ? null : await lockChannel(db, id);
      if (draft.mayReachPrivate && before?.mayReachPrivate !== true && viewer.role !== 'admin') {
        throw new ApiFailure('FORBIDDEN', 'Only an admin may let a channel reach a private network.');
      }
      if (before !== null) await assertAddress(db, context, before, { draft, secret });
      const writeSecret = secret === undefined ? null : secretWriter(db, services, secret);
      const save = { id, draft, expectedVersion: expectedVersion ?? null, writeSecret };
      return saveChannelIn(db, save, { actor, now: Date.now() });
    });
  }

  @Mutation(() => Boolean, { description: 'IN_USE names what still uses it.' })
  async deleteNotificationChannel(@Arg('id', () => ID) id: string, @Ctx() context: ApiContext): Promise<boolean> {
    const { services, actor } = context;
    await inTransaction(services.pool, (db) => deleteChannelIn(db, requiredId(what, id), { actor, now: Date.now() }));
    return true;
  }

  @Mutation(() => String, {
    description: 'The new signing secret, shown once; the old one signs beside it for `overlapSeconds`.',
  })
  async rotateChannelSecret(
    @Arg('id', () => ID) id: string,
    @Arg('overlapSeconds', () => Int, { defaultValue: 86_400 }) overlapSeconds: number,
    @Ctx() context: ApiContext,
  ): Promise<string> {
    const { services } = context;
    const number = requiredId(what, id);
    const overlap = wholeNumber('overlapSeconds', overlapSeconds, 0, 30 * 86_400);
    requireSealer(services, 'id');
    const { sealer } = services;
    return inTransaction(services.pool, async (db) => {
      const before = await lockChannel(db, number);
      if (before === null) throw notFound(what, id);
      if (before.kind !== 'webhook') throw invalidInput('id', 'Only a webhook is signed by a secret of ours.');
      const stored = await readChannelSecret(db, number);
      const parts = partsOfSecret(stored === null ? null : sealer.open(stored, channelPurpose(number)));
      const signingSecret = `whsec_${randomBytes(32).toString('base64')}`;
      const sealed = sealer.seal(JSON.stringify({ ...parts, signingSecret }), channelPurpose(number));
      await writeChannelSecret(db, number, sealed, overlap === 0 ? null : Date.now() + overlap * 1_000);
      await recordChannel(db, before, number, { actor: context.actor, now: Date.now() });
      return signingSecret;
    });
  }

  @Mutation(() => TestResultObject, { description: 'Sends a message through it and waits for what becomes of it.' })
  async testNotificationChannel(
    @Arg('id', () => ID) id: string,
    @Ctx() { services: { pool }, viewer }: ApiContext,
  ): Promise<TestResultObject> {
    const channelId = requiredId(what, id);
    const now = Date.now();
    const key = `test/${randomBytes(8).toString('hex')}`;
    const values = { title: 'Test from Tocsin', text: `${viewer.name} tries this channel. Messages arrive here.` };
    const ask = { key, topic: 'test', to: { kind: 'channel', channelId }, template: 'test', values } as const;
    const sent = await inTransaction(pool, async (db) => {
      if ((await lockChannel(db, channelId)) === null) throw notFound(what, id);
      const { added } = await addNotifications(db, [{ ...ask, incidentId: null, pageId: null, severity: 'info' }], now);
      return added[0] ?? 0;
    });
    return resultOf(pool, sent);
  }

  @FieldResolver(() => TeamObject, { nullable: true })
  async team(@Root() { teamId }: Channel, @Ctx() { loaders }: ApiContext): Promise<Team | null> {
    return teamId === null ? null : ((await loaders.teams()).find(({ id }) => id === teamId) ?? null);
  }

  @FieldResolver()
  settings(@Root() { settings }: Channel): ReturnType<typeof labelList> {
    return labelList(Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, String(value)])));
  }
}

/** @throws ApiFailure where there is no key to seal it with */
function secretWriter(db: PoolClient, services: ApiContext['services'], secret: string) {
  requireSealer(services, 'secret');
  const { sealer } = services;
  return (id: number) => writeChannelSecret(db, id, sealer.seal(secret, channelPurpose(id)), null);
}
