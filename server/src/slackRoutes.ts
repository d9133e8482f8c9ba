import { createHmac, timingSafeEqual } from 'node:crypto';
import { DomainFailure } from '@tocsin/schema/domain/errors';
import { incidentReference } from '@tocsin/schema/domain/incident';
import { permissions } from '@tocsin/schema/domain/permission';
import { can } from '@tocsin/schema/domain/permissionCheck';
import type { Viewer } from '@tocsin/schema/domain/role';
import { personOfSlackMember, wasToldInSlack } from '@tocsin/schema/postgres/contactOfMember';
import { executeCommand } from '@tocsin/schema/postgres/incidentCommands';
import { channelTarget } from '@tocsin/schema/postgres/notificationTarget';
import { incidentSubjects } from '@tocsin/schema/postgres/permissionSubject';
import { viewerOfPerson } from '@tocsin/schema/postgres/viewer';
import { guardedPost } from '@tocsin/schema/runtime/outgoing';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { escapeSlack } from './respond/notify/channels/slackMessage.js';
import { partsOfSecret, textOf } from './respond/notify/channels/adapter.js';
import { idOrNull } from './resolvers/input.js';
import { actorOf } from './context.js';
import type { RouteDeps } from './routes.js';

const longestAgeMs = 5 * 60_000;

const interaction = z.object({
  type: z.literal('block_actions'),
  user: z.object({ id: z.string().max(50) }),
  actions: z.array(z.object({ action_id: z.string(), value: z.string().optional() })).max(10),
  response_url: z.string().max(500),
});

/** Buttons in Slack. Slack signs what it sends; who pressed is found by the contact that names the member. */
export async function slackRoutes(app: FastifyInstance, deps: RouteDeps): Promise<void> {
  const { services, now } = deps;
  const { pool, sealer } = services;
  await app.register(async (scope) => {
    scope.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: 65_536 },
      (_request, body, done) => done(null, body),
    );
    scope.post<{ Params: { readonly channel: string } }>('/hooks/slack/:channel', async (request, reply) => {
      const channel = await signedChannel(request);
      if (channel === null) return reply.code(401).send({ error: 'The signature is not Slack’s.' });
      const pressed = pressedOf(request);
      if (pressed === null) return reply.send();
      const answer = await acknowledge(deps, channel.id, pressed);
      // Slack waits three seconds for its answer; what is said goes another way.
      void say(deps, pressed.answerUrl, answer, channel.mayReachPrivate);
      return reply.send();
    });
  });

  /** The channel that the address names, if its secret signed what came. */
  async function signedChannel(request: SlackRequest): Promise<SignedChannel | null> {
    const id = idOrNull(request.params.channel);
    const channel = id === null ? null : await channelTarget(pool, id, now());
    if (id === null || channel === null || channel.secret === null || sealer === null) return null;
    const secret = sealer.open(channel.secret.sealed, channel.secret.purpose);
    const key = textOf(partsOfSecret(secret)['signingSecret']);
    const { 'x-slack-request-timestamp': at, 'x-slack-signature': signature } = request.headers;
    if (key === null || !isSigned(key, bodyText(request), String(at), String(signature), now())) return null;
    return { id, mayReachPrivate: channel.mayReachPrivate };
  }
}

type SlackRequest = FastifyRequest<{ Params: { readonly channel: string } }>;

interface SignedChannel {
  readonly id: number;
  readonly mayReachPrivate: boolean;
}

interface Pressed {
  readonly member: string;
  readonly incidentId: number;
  readonly answerUrl: string;
  readonly address: string;
}

/** Who acknowledged what; null for other buttons, which are links. */
function pressedOf(request: SlackRequest): Pressed | null {
  const parsed = interaction.safeParse(partsOfSecret(new URLSearchParams(bodyText(request)).get('payload')));
  if (!parsed.success) return null;
  const { user, actions, response_url: answerUrl } = parsed.data;
  const incidentId = idOrNull(actions.find(({ action_id: action }) => action === 'acknowledge')?.value ?? '');
  return incidentId === null ? null : { member: user.id, incidentId, answerUrl, address: request.ip };
}

function bodyText({ body }: SlackRequest): string {
  return typeof body === 'string' ? body : '';
}

async function acknowledge(
  deps: RouteDeps,
  channelId: number,
  { member, incidentId, address }: Pressed,
): Promise<Said> {
  const { services, now } = deps;
  const { pool } = services;
  const person = await personOfSlackMember(pool, channelId, member);
  const viewer = person === null ? null : await viewerOfPerson(pool, person.id, address);
  if (viewer === null) {
    return { isPublic: false, text: 'Tocsin does not know you yet: add Slack to how you are told, on your own page.' };
  }
  // What the room was not told of has no button in it: who names it nevertheless learns not even whether it exists.
  const isTold = await wasToldInSlack(pool, { channelId, personId: viewer.personId, incidentId });
  const refusal = isTold ? await refusalOf(deps, viewer, incidentId) : noSuchThing;
  if (refusal !== null) return { isPublic: false, text: refusal };
  try {
    const actor = { kind: 'person', name: viewer.handle } as const;
    await executeCommand(pool, incidentId, { type: 'acknowledge' }, actor, now(), null);
    return { isPublic: true, text: `${viewer.name} acknowledged ${incidentReference(incidentId)}.` };
  } catch (error) {
    if (error instanceof DomainFailure) return { isPublic: false, text: error.message };
    throw error;
  }
}

const acknowledging = 'Mutation.acknowledgeIncident';
const noSuchThing = 'There is no such thing.';

/** Why they may not: the same table decides as on the dashboard. */
async function refusalOf({ services }: RouteDeps, viewer: Viewer, incidentId: number): Promise<string | null> {
  const subject = (await incidentSubjects(services.pool, [incidentId])).get(incidentId);
  if (subject === undefined) return noSuchThing;
  const decision = can(viewer, permissions[acknowledging], subject);
  if (decision.isAllowed) return null;
  if (decision.as === 'hidden') return noSuchThing;
  const { message: detail } = decision;
  services.auth.refusals.note(actorOf(viewer), { what: 'permission', permission: acknowledging, detail });
  return detail;
}

async function say(
  { services: { logger } }: RouteDeps,
  url: string,
  { isPublic, text }: Said,
  mayReachPrivate: boolean,
): Promise<void> {
  const body = JSON.stringify({
    response_type: isPublic ? 'in_channel' : 'ephemeral',
    replace_original: false,
    text: escapeSlack(text),
  });
  try {
    await guardedPost(url, {
      headers: { 'content-type': 'application/json' },
      body,
      timeoutMs: 5_000,
      mayReachPrivate,
    });
  } catch (error) {
    logger.warn({ err: error }, 'Slack could not be answered');
  }
}

interface Said {
  readonly isPublic: boolean;
  readonly text: string;
}

/** Slack's v0: HMAC-SHA256 over version, time and body, not older than five minutes. */
function isSigned(key: string, body: string, at: string, signature: string, now: number): boolean {
  if (!/^\d{1,12}$/.test(at) || Math.abs(now - Number(at) * 1_000) > longestAgeMs) return false;
  const expected = Buffer.from(`v0=${createHmac('sha256', key).update(`v0:${at}:${body}`).digest('hex')}`);
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
}
