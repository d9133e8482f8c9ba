import { MessageTemplateObject, RenderedTemplateObject } from '@tocsin/schema/graphql/notification';
import { MessageTemplateInput } from '@tocsin/schema/graphql/notificationInputs';
import { listTemplates, type StoredTemplate } from '@tocsin/schema/postgres/messageTemplate';
import { deleteTemplateIn, saveTemplateIn } from '@tocsin/schema/postgres/messageTemplateWrite';
import { messageFacts } from '@tocsin/schema/postgres/notificationTarget';
import { inTransaction } from '@tocsin/schema/postgres/transaction';
import { incidentReference } from '@tocsin/schema/domain/incident';
import { Arg, Ctx, ID, Int, Mutation, Query, Resolver } from 'type-graphql';
import type { ApiContext } from '../../context.js';
import { notFound } from '../../errors.js';
import { builtInTemplates, renderTemplate, TemplateFailure } from '../../respond/notify/templates.js';
import { requiredId } from '../input.js';
import { templateDraftOf } from './templateInput.js';

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
    const { title, body } = templateDraftOf(input, false);
    const asked = {
      personId: viewer.personId,
      incidentId: incidentId == null ? null : requiredId('incident', incidentId),
    };
    const { incident, person } = await messageFacts(pool, asked);
    // The permission asks nobody about what is not there: the example in its place would be everybody's to render.
    if (incident === null && incidentId != null) throw notFound('incident', incidentId);
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
    const draft = templateDraftOf(input);
    const id = input.id == null || input.id.startsWith('builtin:') ? null : requiredId(what, input.id);
    const edit = { actor, now: Date.now() };
    return viewOf(await inTransaction(pool, (db) => saveTemplateIn(db, id, draft, expectedVersion ?? null, edit)));
  }

  @Mutation(() => Boolean, { description: 'The built-in text counts again.' })
  async deleteMessageTemplate(
    @Arg('id', () => ID) id: string,
    @Ctx() { services: { pool }, actor }: ApiContext,
  ): Promise<boolean> {
    await inTransaction(pool, (db) => deleteTemplateIn(db, requiredId(what, id), { actor, now: Date.now() }));
    return true;
  }
}

function viewOf({ typeKey, id, ...template }: StoredTemplate): MessageTemplateObject {
  return { ...template, id: String(id), type: typeKey, isBuiltIn: false };
}
