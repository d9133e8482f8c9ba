import type { Incident } from '@tocsin/schema/domain/incident';
import {
  StakeholderUpdateObject,
  UpdateComponentObject,
  UpdateInput,
  UpdatePreviewObject,
} from '@tocsin/schema/graphql/stakeholder';
import { templateById } from '@tocsin/schema/postgres/messageTemplate';
import { type StakeholderUpdate, updatesAwaitingApproval } from '@tocsin/schema/postgres/stakeholderUpdate';
import {
  approvalReasonOf,
  decideUpdate,
  discardUpdate,
  saveUpdate,
  submitUpdate,
} from '@tocsin/schema/postgres/stakeholderUpdateWrite';
import { countSubscribers } from '@tocsin/schema/postgres/statusSubscriber';
import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { ApiContext } from '../../context.js';
import { invalidInput, notFound } from '../../errors.js';
import { renderTemplate, TemplateFailure } from '../../respond/notify/templates.js';
import { markdownHtml } from '../../work/markdown.js';
import { optionalText, requiredId } from '../input.js';
import { shown } from './incident.js';
import { updateDraftOf } from './updateInput.js';

@Resolver(() => StakeholderUpdateObject)
export class UpdatesResolver {
  @Query(() => [StakeholderUpdateObject], { description: 'Oldest first.' })
  async updatesAwaitingApproval(@Ctx() context: ApiContext): Promise<readonly StakeholderUpdate[]> {
    return shown(await updatesAwaitingApproval(context.services.pool), context);
  }

  @Query(() => UpdatePreviewObject, {
    description: 'As it would be shown. Where title or body are empty, the template gives them.',
  })
  async previewUpdate(
    @Arg('input', () => UpdateInput) input: UpdateInput,
    @Ctx() context: ApiContext,
  ): Promise<object> {
    const template = await templated(input, context);
    const title = optionalText('input.title', input.title, 200) ?? template?.title ?? '';
    const text = optionalText('input.body', input.body, 10_000) ?? template?.body ?? '';
    return { title, text, html: markdownHtml(text) };
  }

  @Mutation(() => StakeholderUpdateObject, { description: 'A draft: new, or changed while it is one.' })
  saveUpdate(
    @Arg('input', () => UpdateInput) input: UpdateInput,
    @Arg('expectedVersion', () => Int, { nullable: true }) expectedVersion: number | null | undefined,
    @Ctx() { services: { pool }, actor }: ApiContext,
  ): Promise<StakeholderUpdate> {
    return saveUpdate(pool, updateDraftOf(input), expectedVersion ?? null, { actor, now: Date.now() });
  }

  @Mutation(() => StakeholderUpdateObject, {
    description: 'Publishes it, or asks for approval where that is needed.',
  })
  submitUpdate(
    @Arg('id', () => ID) id: string,
    @Arg('expectedVersion', () => Int) expectedVersion: number,
    @Ctx() { services: { pool }, actor }: ApiContext,
  ): Promise<StakeholderUpdate> {
    return submitUpdate(pool, requiredId('update', id), expectedVersion, { actor, now: Date.now() });
  }

  @Mutation(() => StakeholderUpdateObject, { description: 'Not by its author, unless nobody else could.' })
  decideUpdate(
    @Arg('id', () => ID) id: string,
    @Arg('isApproved', () => Boolean) isApproved: boolean,
    @Arg('comment', () => String, { nullable: true }) comment: string | null | undefined,
    @Arg('expectedVersion', () => Int) expectedVersion: number,
    @Ctx() { services: { pool }, actor }: ApiContext,
  ): Promise<StakeholderUpdate> {
    const text = optionalText('comment', comment, 2_000);
    const decision = { id: requiredId('update', id), isApproved, comment: text, expectedVersion };
    return decideUpdate(pool, decision, { actor, now: Date.now() });
  }

  @Mutation(() => Boolean)
  async discardUpdate(@Arg('id', () => ID) id: string, @Ctx() { services: { pool } }: ApiContext): Promise<boolean> {
    await discardUpdate(pool, requiredId('update', id));
    return true;
  }

  @FieldResolver()
  incident(@Root() { incidentId }: StakeholderUpdate, @Ctx() { loaders }: ApiContext): Promise<Incident | null> {
    return loaders.incident.load(incidentId);
  }

  @FieldResolver(() => [UpdateComponentObject])
  async components(
    @Root() { components }: StakeholderUpdate,
    @Ctx() { loaders }: ApiContext,
  ): Promise<readonly object[]> {
    const page = await loaders.statusPage();
    return components.flatMap(({ componentId, state }) => {
      const component = page.components.find(({ id }) => id === componentId);
      return component === undefined ? [] : [{ component, state }];
    });
  }

  @FieldResolver()
  async needsApprovalBecause(
    @Root() update: StakeholderUpdate,
    @Ctx() { services }: ApiContext,
  ): Promise<string | null> {
    return update.state === 'published' ? null : approvalReasonOf(services.pool, update);
  }

  @FieldResolver()
  async recipientCount(
    @Root() { audience, incidentId }: StakeholderUpdate,
    @Ctx() { services, loaders }: ApiContext,
  ): Promise<number> {
    const people = (await loaders.subscribers.load(incidentId)).length;
    return audience === 'public' ? people + (await countSubscribers(services.pool)) : people;
  }
}

/** Title and body by the chosen template; null without one. */
async function templated(
  { templateId, incidentId, progress }: UpdateInput,
  { services, loaders }: ApiContext,
): Promise<{ readonly title: string; readonly body: string } | null> {
  if (templateId == null) return null;
  const template = await templateById(services.pool, requiredId('template', templateId));
  if (template === null || template.kind !== 'stakeholder') throw notFound('template', templateId);
  const incident = await loaders.incident.load(requiredId('incident', incidentId));
  if (incident === null) throw notFound('incident', incidentId);
  const { title, severity, services: affected, environment, id } = incident;
  const scope = { progress, incident: { title, severity, services: affected, environment, reference: `INC-${id}` } };
  try {
    return { title: renderTemplate(template.title, scope), body: renderTemplate(template.body, scope) };
  } catch (error) {
    if (error instanceof TemplateFailure) throw invalidInput('input.templateId', error.message);
    throw error;
  }
}
