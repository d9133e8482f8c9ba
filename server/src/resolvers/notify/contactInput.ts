import { isMailAddress } from '@tocsin/schema/domain/mailAddress';
import type { QuietHours, NotificationRule } from '@tocsin/schema/domain/notificationPlan';
import type { ContactInput, NotificationRuleInput, QuietHoursInput } from '@tocsin/schema/graphql/notificationInputs';
import type { Contact, NewContact } from '@tocsin/schema/postgres/contact';
import { invalidInput } from '../../errors.js';
import { partsOfSecret, textOf } from '../../respond/notify/channels/adapter.js';
import { optionalText, requiredId, requiredText, wholeNumber } from '../input.js';
import { webAddress, webhookSecret } from './channelInput.js';

const longest = { name: 100, address: 2_000, secret: 4_000 } as const;

/** A browser that enrolled itself needs no code: it is there. */
export function contactDraftOf(input: ContactInput, personId: number): NewContact {
  const { kind } = input;
  const address = requiredText('address', input.address, longest.address);
  if (kind === 'email' && !isMailAddress(address)) throw invalidInput('address', 'address must be one e-mail address.');
  if (kind === 'webhook' || kind === 'web_push') webAddress('address', address);
  if (kind === 'slack' && !/^[UW][A-Z0-9]{5,20}$/.test(address)) {
    throw invalidInput('address', 'address must be the ID of a member, like U012ABCDEF.');
  }
  if ((kind === 'slack') !== (input.channelId != null)) {
    throw invalidInput('channelId', 'A Slack contact, and no other, names the channel whose bot writes.');
  }
  return {
    personId,
    kind,
    name: requiredText('name', input.name, longest.name),
    address,
    channelId: input.channelId == null ? null : requiredId('notification channel', input.channelId),
    isVerified: kind === 'web_push',
  };
}

export function contactSecretOf({ kind, secret }: ContactInput): string | null {
  const text = optionalText('secret', secret, longest.secret);
  if (kind === 'web_push') {
    const [p256dh, auth] = ['p256dh', 'auth'].map((name) => textOf(partsOfSecret(text)[name]) ?? '');
    const isWhole = /^[\w-]{87}=?$/.test(p256dh ?? '') && /^[\w-]{22}(==)?$/.test(auth ?? '');
    if (!isWhole) throw invalidInput('secret', 'secret must be the keys of the subscription: p256dh and auth.');
    return JSON.stringify({ p256dh, auth });
  }
  if (text === null) return null;
  if (kind !== 'webhook') throw invalidInput('secret', 'Only web push and webhooks have a secret.');
  return webhookSecret(text);
}

export function rulesOfInput(
  inputs: readonly NotificationRuleInput[],
  own: readonly Contact[],
): readonly NotificationRule[] {
  if (inputs.length > 50) throw invalidInput('rules', 'At most 50 rules are kept.');
  return inputs.map(({ topic, contactId, delaySeconds, minSeverity }, index) => {
    const field = `rules[${index}]`;
    if (!['page', 'update', 'personal'].includes(topic)) {
      throw invalidInput(`${field}.topic`, `${field}.topic must be PAGE, UPDATE or PERSONAL.`);
    }
    const contact = own.find(({ id }) => String(id) === contactId);
    if (contact === undefined) throw invalidInput(`${field}.contactId`, `${field}.contactId is no contact of yours.`);
    wholeNumber(`${field}.delaySeconds`, delaySeconds, 0, 86_400);
    return { topic, contactId: contact.id, delaySeconds, minSeverity };
  });
}

export function quietHoursOfInput(inputs: readonly QuietHoursInput[]): readonly QuietHours[] {
  if (inputs.length > 20) throw invalidInput('quietHours', 'At most 20 quiet hours are kept.');
  return inputs.map(({ weekdays, from, until, pagesFrom }, index) => {
    const field = `quietHours[${index}]`;
    if (weekdays.length === 0 || weekdays.some((day) => day < 1 || day > 7)) {
      throw invalidInput(`${field}.weekdays`, `${field}.weekdays must be days from 1 (Monday) to 7.`);
    }
    return {
      weekdays: [...new Set(weekdays)].toSorted((a, b) => a - b),
      fromMinute: minuteOf(`${field}.from`, from),
      untilMinute: minuteOf(`${field}.until`, until),
      pagesFrom: pagesFrom ?? null,
    };
  });
}

function minuteOf(field: string, text: string): number {
  const parts = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text);
  if (parts === null) throw invalidInput(field, `${field} must be a time like 22:00.`);
  return Number(parts[1]) * 60 + Number(parts[2]);
}

export function clockText(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}
