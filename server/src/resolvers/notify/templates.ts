import { DomainFailure } from '@tocsin/schema/domain/errors';
import { MessageTemplateObject, RenderedTemplateObject } from '@tocsin/schema/graphql/notification';
import { MessageTemplateInput } from '@tocsin/schema/graphql/notificationInputs';
import { recordConfigurationChange } from '@tocsin/schema/postgres/configurationEvent';
import {
  deleteTemplate,
  insertTemplate,
  listTemplates,
  type StoredTemplate,
  templateById,
  updateTemplate,
} from '@tocsin/schema/postgres/messageTemplate';
import { messageFacts } from '@tocsin/schema/postgres/notificationTarget';
import { inTransaction } from '@tocsin/schema/postgres/transaction';
import { incidentReference } from '@tocsin/schema/domain/incident';
import { Arg, Ctx, ID, Int, Mutation, Query, Resolver } from 'type-graphql';
import type { ApiContext } from '../../context.js';
import { invalidInput, notFound } from '../../errors.js';
import { builtInTemplates, renderTemplate, TemplateFailure } from '../../respond/notify/templates.js';
import { optionalText, requiredId, requiredText } from '../input.js';
import { readableTemplate } from './channelInput.js';

const what = 'template';

@Resolver()
export class TemplatesResolver {
  @Query(() => [MessageTemplateObject], { description: 'The built-in ones first, where nobody saved another text.' })
  async messageTemplates(
    @Arg('kind', () => String, { nullable: true }) kind: string | null | undefined,
    @Ctx() { services: { pool } }: ApiContext,
  ): Promise<readonly MessageTemplateObject[]> {
    const saved = await listTemplates(pool, kind ?? null);
    const replaced = new Set(saved.flatMap((each) => (each.typeKey === null ? [each.key] : [])));
    const builtIn = kind === 'stakeholder' ? [] : Object.entries(builtInTemplates);
    return [
      ...builtIn.flatMap(([key, { title, body }]) =>
        replaced.has(key)
          ? []
          : [{ id: `builtin:${key}`, kind: 'notification', key, type: null, title, body, version: 0, isBuiltIn: true }],
      ),
      ...saved.map(viewOf),
    ];
  }

  @Query(() => RenderedTemplateObject, { description: 'What a draft says about an incident, before it is saved.' })
  async previewTemplate(
    @Arg('input', () => MessageTemplateInput) input: MessageTemplateInput,
    @Arg('incidentId', () => ID, { nullable: true }) incidentId: string | null | undefined,
    @Ctx() { services: { pool }, viewer }: ApiContext,
  ): Promise<RenderedTemplateObject> {
    const { title, body } = draftOf(input, false);
    const asked = {
      personId: viewer.personId,
      incidentId: incidentId == null ? null : requiredId('incident', incidentId),
    };
    const { incident, person } = await messageFacts(pool, asked);
    const example = { id: 0, title: 'Checkout is slow', severity: 'high', services: ['checkout'], phase: 'detected' };
    const about = incident ?? example;
    const scope = {
      severity: about.severity,
      incident: { ...about, reference: incident === null ? 'INC-42' : incidentReference(incident.id) },
      person,
      because: 'You are on call for checkout',
      sentence: 'It was acknowledged by Ada.',
      text: '',
      more: 0,
      isRepeat: false,
    };
    try {
      return { title: renderTemplate(title, scope), body: renderTemplate(body, scope), error: null };
    } catch (error) {
      if (error instanceof TemplateFailure) return { title: '', body: '', error: error.message };
      throw error;
    }
  }

  @Mutation(() => MessageTemplateObject)
  async saveMessageTemplate(
    @Arg('input', () => MessageTemplateInput) input: MessageTemplateInput,
    @Arg('expectedVersion', () => Int, { nullable: true }) expectedVersion: number | null | undefined,
    @Ctx() { services: { pool }, actor }: ApiContext,
  ): Promise<MessageTemplateObject> {
    const draft = draftOf(input, true);
    const id = input.id == null || input.id.startsWith('builtin:') ? null : requiredId(what, input.id);
    return inTransaction(pool, async (db) => {
      const before = id === null ? null : await templateById(db, id);
      if (id !== null && before === null) throw notFound(what, String(id));
      if (before !== null && expectedVersion != null && before.version !== expectedVersion) {
        const message = 'Somebody changed this template meanwhile: reload and decide again.';
        throw new DomainFailure({ code: 'CONFLICT', message, currentVersion: before.version });
      }
      const after =
        id === null ? await insertTemplate(db, draft, actor.name) : await updateTemplate(db, id, draft, actor.name);
      if (after === null) throw invalidInput('key', 'There is a template for this already.');
      const action = before === null ? 'created' : 'changed';
      await recordConfigurationChange(db, actor, {
        topic: 'template',
        action,
        id: after.id,
        name: after.key,
        before,
        after,
      });
      return viewOf(after);
    });
  }

  @Mutation(() => Boolean, { description: 'The built-in text counts again.' })
  async deleteMessageTemplate(
    @Arg('id', () => ID) id: string,
    @Ctx() { services: { pool }, actor }: ApiContext,
  ): Promise<boolean> {
    return inTransaction(pool, async (db) => {
      const before = await templateById(db, requiredId(what, id));
      if (before === null) throw notFound(what, id);
      await deleteTemplate(db, before.id);
      const change = {
        topic: 'template',
        action: 'removed',
        id: before.id,
        name: before.key,
        before,
        after: null,
      } as const;
      await recordConfigurationChange(db, actor, change);
      return true;
    });
  }
}

function draftOf(input: MessageTemplateInput, isToBeSaved: boolean): Omit<StoredTemplate, 'id' | 'version'> {
  const { kind } = input;
  if (kind !== 'notification' && kind !== 'stakeholder') {
    throw invalidInput('kind', 'kind must be notification or stakeholder.');
  }
  const title = requiredText('title', input.title, 500);
  const body = requiredText('body', input.body, 20_000);
  if (isToBeSaved) {
    readableTemplate('title', title);
    readableTemplate('body', body);
  }
  const key = requiredText('key', input.key, 100);
  return { kind, key, typeKey: optionalText('type', input.type, 40), title, body };
}

function viewOf({ typeKey, id, ...template }: StoredTemplate): MessageTemplateObject {
  return { ...template, id: String(id), type: typeKey, isBuiltIn: false };
}
