import type { NormalisedAlert } from '@tocsin/schema/domain/alert';
import type { Integration, SourceKind } from '@tocsin/schema/domain/source';
import { withSpan } from '@tocsin/schema/runtime/span';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { receive, shakeHands, type Received } from './accept.js';
import { unknownSource, type Answer, type DeliveryOutcome } from './answers.js';
import { pagerdutyChanges, pagerdutyEvents } from './sources/pagerduty.js';
import { sourceNamed, sources } from './sources/registry.js';
import type { ChangeDraft, RejectedAlert, Source, SourceAnswer } from './sources/source.js';

export interface ReceiveDeps {
  /** The integration with this secret; null when there is none. May reject with Unavailable. */
  readonly verify: (secret: string) => Promise<Integration | null>;
  /** Resolves when everything is committed; rejects with Overloaded or Unavailable. */
  readonly submit: (delivery: Delivery) => Promise<DeliveryOutcome>;
  /** The secret that the sender signs with, or null. Left out: no signature is expected of anybody. */
  readonly signingSecretOf?: (integration: Integration) => Promise<string | null>;
  /** Somebody at the sender took on the open incidents of these fingerprints. */
  readonly acknowledge?: (integration: Integration, fingerprints: readonly string[]) => Promise<void>;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** One request of a sender, read. */
export interface Delivery {
  /** 32 hex digits over integration, source and body: the same request again has the same id. */
  readonly id: string;
  readonly integration: Integration;
  /** The format, as the path named it; not necessarily the integration's own. */
  readonly source: SourceKind;
  readonly receivedAt: number;
  readonly alerts: readonly NormalisedAlert[];
  readonly rejected: readonly RejectedAlert[];
  readonly changes?: readonly ChangeDraft[];
  /** Set where the whole body was not understood; then there are neither alerts nor rejected ones. */
  readonly malformed: { readonly message: string; readonly path: string | null } | null;
  /** As sent, but without its content-encoding where that could be undone, and without a secret. */
  readonly body: Buffer;
  readonly contentType: string | null;
  /** A single alert that is a dead letter and is tried again: refused once more it stays that one letter. @default false */
  readonly isLetterAlready?: boolean;
  /** Ours, about a sender: no receipt of its own. @default false */
  readonly isOwn?: boolean;
}

/**
 * The routes that senders post to. Answers are those of the API description: 2xx only once committed, 400 naming the
 * field, 401, 404, 413, and 503 with Retry-After; never 429, which Alertmanager and SigNoz do not retry.
 *
 * The scope has its own body handling; register it on an app without request logging (a secret may stand in the path).
 */
export async function receiveRoutes(app: FastifyInstance, deps: ReceiveDeps): Promise<void> {
  await app.register(async (scope) => {
    // The handler reads the stream itself, once the secret is known to be right: any content type, or none.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null));
    // Fastify refuses a content type without a slash before any parser sees it; rawHeaders keep what was sent.
    scope.addHook('onRequest', async (request) => void delete request.raw.headers['content-type']);

    // Silent, so that no log line of fastify's holds a secret.
    const options = { logLevel: 'silent' as const };
    const startedAt = new Date(deps.now()).toISOString();

    for (const url of ['/webhooks/:source', '/webhooks/:source/:secret']) {
      scope.route<WebhookRoute>({ method: ['POST', 'PUT', 'OPTIONS'], url, ...options, handler: webhook });
    }
    async function webhook(request: FastifyRequest<WebhookRoute>, reply: FastifyReply): Promise<FastifyReply> {
      const source = sourceNamed(request.params.source);
      const secret = request.params.secret ?? null;
      if (source === null) return send(reply, unknownSource(request.params.source));
      if (request.method === 'OPTIONS') return send(reply, await shakeHands(request, source, secret, deps));
      return receiveAs(source, secret, request, reply);
    }

    async function receiveAs(
      source: Source,
      secret: string | null,
      request: FastifyRequest,
      reply: FastifyReply,
    ): Promise<FastifyReply> {
      const { answer, wire } = await withSpan('ingest.receive', { 'tocsin.source': source.kind }, () =>
        receive(request, source, secret, deps, app.log),
      );
      return send(reply, wire ?? answer);
    }

    scope.post('/api/v2/alerts', options, async (request, reply) => {
      const received = await withSpan('ingest.receive', { 'tocsin.source': 'prometheus' }, () =>
        receive(request, sources.prometheus, null, deps, app.log),
      );
      return sendAsAlertmanager(reply, received);
    });
    // PagerDuty's Events API v2; the routing key in the body is the secret.
    for (const [url, source] of [
      ['/v2/enqueue', pagerdutyEvents],
      ['/v2/change/enqueue', pagerdutyChanges],
    ] as const) {
      scope.post(url, options, (request, reply) => receiveAs(source, null, request, reply));
    }
    scope.get('/api/v2/status', options, () => alertmanagerStatus(startedAt));
  });
}

interface WebhookRoute {
  readonly Params: { readonly source: string; readonly secret?: string };
}

function send(reply: FastifyReply, { status, headers, body }: Answer | SourceAnswer): FastifyReply {
  reply.code(status).headers(headers ?? {});
  return status === 204 ? reply.send() : reply.send(body);
}

/** Alertmanager's own answers: 200 and nothing, or 400 and a JSON string, also where only some alerts were bad. */
function sendAsAlertmanager(reply: FastifyReply, { answer, rejected }: Received): FastifyReply {
  const messages = 'error' in answer.body ? [answer.body.error.message] : rejected.slice(0, 10).map((r) => r.message);
  if (answer.status === 400 || (answer.status === 200 && messages.length > 0)) {
    return reply
      .code(400)
      .type('application/json; charset=utf-8')
      .serializer(String)
      .send(JSON.stringify(messages.join('; ')));
  }
  return answer.status === 200 ? reply.code(200).send() : send(reply, answer);
}

/** The least that a client of Alertmanager's API probes for. */
function alertmanagerStatus(uptime: string): object {
  const unknown = { branch: '', buildDate: '', buildUser: '', goVersion: '', revision: '' };
  return {
    cluster: { status: 'disabled', peers: [] },
    config: { original: '' },
    uptime,
    versionInfo: { ...unknown, version: 'tocsin' },
  };
}
