import { randomBytes, randomInt } from 'node:crypto';
import { ContactObject, TestResultObject } from '@tocsin/schema/graphql/notification';
import { ContactInput } from '@tocsin/schema/graphql/notificationInputs';
import {
  confirmContact,
  type Contact,
  deleteContact,
  insertContact,
  lockContact,
  writeContactSecret,
  writeContactSettings,
} from '@tocsin/schema/postgres/contact';
import { recordConfigurationChange } from '@tocsin/schema/postgres/configurationEvent';
import { addContactMessage } from '@tocsin/schema/postgres/notificationRetry';
import { contactPurpose } from '@tocsin/schema/postgres/notificationTarget';
import { inTransaction } from '@tocsin/schema/postgres/transaction';
import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import type { ApiContext } from '../../context.js';
import { ApiFailure, invalidInput, notFound } from '../../errors.js';
import { requiredId } from '../input.js';
import { requireSealer } from '../integrationSettings.js';
import { assertFewCodes, checkCode, codeSettings } from './contactCode.js';
import { contactDraftOf, contactSecretOf } from './contactInput.js';
import { resultOf } from './testMessage.js';

const what = 'contact';

@Resolver()
export class ContactsResolver {
  @Mutation(() => ContactObject, { description: 'Of your own; a code is sent to the address, which confirms it.' })
  async addContact(
    @Arg('input', () => ContactInput) input: ContactInput,
    @Ctx() { services, viewer, actor }: ApiContext,
  ): Promise<Contact> {
    const draft = contactDraftOf(input, viewer.personId);
    const secret = contactSecretOf(input);
    if (secret !== null) requireSealer(services, 'secret');
    const now = Date.now();
    return inTransaction(services.pool, async (db) => {
      const contact = await insertContact(db, draft);
      if (contact === null) throw invalidInput('address', 'You have this address already.');
      if (secret !== null && services.sealer !== null) {
        await writeContactSecret(db, contact.id, services.sealer.seal(secret, contactPurpose(contact.id)));
      }
      const after = { kind: contact.kind, name: contact.name, address: contact.address };
      const change = {
        topic: 'contact',
        action: 'created',
        id: contact.id,
        name: contact.name,
        before: null,
        after,
      } as const;
      await recordConfigurationChange(db, actor, change, now);
      if (contact.isVerified) return contact;
      await assertFewCodes(db, contact, now);
      const code = String(randomInt(1_000_000)).padStart(6, '0');
      await writeContactSettings(db, contact.id, { ...contact.settings, code: codeSettings(contact.id, code, now) });
      const title = `${code} confirms this address`;
      const text = `Enter ${code} in Tocsin within ten minutes, and messages for ${viewer.name} arrive here. If you did not ask for it, do nothing.`;
      const { id: contactId, personId } = contact;
      const key = `contact/${contactId}/code/${randomBytes(8).toString('hex')}`;
      await addContactMessage(db, { key, contactId, personId, template: 'contact.code', values: { title, text } }, now);
      return contact;
    });
  }

  @Mutation(() => ContactObject, { description: 'By the code that was sent to the address; five tries.' })
  async verifyContact(
    @Arg('id', () => ID) id: string,
    @Arg('code', () => String) code: string,
    @Ctx() { services: { pool }, viewer }: ApiContext,
  ): Promise<Contact> {
    // A wrong code is counted, so the refusal comes after the commit.
    const { contact, refusal } = await inTransaction(pool, async (db) => {
      const found = await lockContact(db, requiredId(what, id), viewer.personId);
      if (found === null) throw notFound(what, id);
      if (found.isVerified) return { contact: found, refusal: null };
      const checked = checkCode(found, code.trim(), Date.now());
      if (checked.isRight) return { contact: await confirmContact(db, found.id), refusal: null };
      await writeContactSettings(db, found.id, checked.settings);
      return { contact: null, refusal: checked.message };
    });
    if (refusal !== null) throw invalidInput('code', refusal);
    if (contact === null) throw notFound(what, id);
    return contact;
  }

  @Mutation(() => Boolean)
  async removeContact(
    @Arg('id', () => ID) id: string,
    @Ctx() { services, viewer, actor }: ApiContext,
  ): Promise<boolean> {
    return inTransaction(services.pool, async (db) => {
      const contact = await lockContact(db, requiredId(what, id), viewer.personId);
      if (contact === null) throw notFound(what, id);
      await deleteContact(db, contact.id);
      const { kind, name, address } = contact;
      const before = { kind, name, address };
      await recordConfigurationChange(db, actor, {
        topic: 'contact',
        action: 'removed',
        id: contact.id,
        name,
        before,
        after: null,
      });
      return true;
    });
  }

  @Mutation(() => TestResultObject)
  async testContact(
    @Arg('id', () => ID) id: string,
    @Ctx() { services: { pool }, viewer }: ApiContext,
  ): Promise<TestResultObject> {
    const now = Date.now();
    const sent = await inTransaction(pool, async (db) => {
      const contact = await lockContact(db, requiredId(what, id), viewer.personId);
      if (contact === null) throw notFound(what, id);
      if (!contact.isVerified)
        throw new ApiFailure('INVALID_INPUT', 'Confirm it first, by the code that was sent.', 'id');
      const values = { title: 'Test from Tocsin', text: 'This is how you are told about incidents.' };
      const key = `contact/${contact.id}/test/${randomBytes(8).toString('hex')}`;
      const { id: contactId, personId } = contact;
      return addContactMessage(db, { key, contactId, personId, template: 'test', values }, now);
    });
    return resultOf(pool, sent);
  }
}
