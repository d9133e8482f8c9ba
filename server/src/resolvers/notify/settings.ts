import type { QuietHours } from '@tocsin/schema/domain/notificationPlan';
import { NotificationSettingsObject } from '@tocsin/schema/graphql/notification';
import { NotificationRuleInput, QuietHoursInput } from '@tocsin/schema/graphql/notificationInputs';
import { PersonObject } from '@tocsin/schema/graphql/person';
import { contactsOf, quietHoursOf, replaceQuietHours, replaceRules, rulesOf } from '@tocsin/schema/postgres/contact';
import { recordConfigurationChange } from '@tocsin/schema/postgres/configurationEvent';
import type { Person } from '@tocsin/schema/postgres/person';
import { inTransaction } from '@tocsin/schema/postgres/transaction';
import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import type { ApiContext } from '../../context.js';
import { pushKeys } from '../../respond/notify/vapid.js';
import { clockText, quietHoursOfInput, rulesOfInput } from './contactInput.js';

@Resolver(() => PersonObject)
export class NotificationSettingsResolver {
  @FieldResolver(() => NotificationSettingsObject, {
    nullable: true,
    description: 'How they are told; their own alone and for admins.',
  })
  notificationSettings(@Root() { id }: Person, @Ctx() context: ApiContext): Promise<object> | null {
    return context.viewer.personId === id || context.viewer.role === 'admin' ? settingsOf(context, id) : null;
  }

  @Mutation(() => NotificationSettingsObject, { description: 'Replaces all of them; null leaves that part.' })
  async saveNotificationRules(
    @Arg('rules', () => [NotificationRuleInput], { nullable: true })
    rules: readonly NotificationRuleInput[] | null | undefined,
    @Arg('quietHours', () => [QuietHoursInput], { nullable: true })
    quietHours: readonly QuietHoursInput[] | null | undefined,
    @Ctx() context: ApiContext,
  ): Promise<object> {
    const { services, viewer, actor } = context;
    const { personId } = viewer;
    await inTransaction(services.pool, async (db) => {
      const before = { rules: await rulesOf(db, [personId]), quietHours: await quietHoursOf(db, [personId]) };
      if (rules != null) await replaceRules(db, personId, rulesOfInput(rules, await contactsOf(db, [personId])));
      if (quietHours != null) await replaceQuietHours(db, personId, quietHoursOfInput(quietHours));
      const after = { rules: await rulesOf(db, [personId]), quietHours: await quietHoursOf(db, [personId]) };
      const change = { topic: 'notificationRule', action: 'changed', id: personId, name: viewer.handle } as const;
      await recordConfigurationChange(db, actor, { ...change, before, after });
    });
    return settingsOf(context, personId);
  }
}

async function settingsOf({ services: { pool, sealer } }: ApiContext, personId: number): Promise<object> {
  const [contacts, rules, quiet, keys] = await Promise.all([
    contactsOf(pool, [personId]),
    rulesOf(pool, [personId]),
    quietHoursOf(pool, [personId]),
    pushKeys(pool, sealer),
  ]);
  return {
    contacts,
    rules: rules.map((rule) => ({ ...rule, contact: contacts.find(({ id }) => id === rule.contactId) })),
    quietHours: quiet.map(viewOf),
    webPushKey: keys?.publicKey ?? null,
  };
}

function viewOf({ weekdays, fromMinute, untilMinute, pagesFrom }: QuietHours): object {
  return { weekdays, from: clockText(fromMinute), until: clockText(untilMinute), pagesFrom };
}
