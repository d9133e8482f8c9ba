import { DomainFailure } from '@tocsin/schema/domain/errors';
import { incidentReference } from '@tocsin/schema/domain/incident';
import { executeCommand } from '@tocsin/schema/postgres/incidentCommands';
import { messageFacts, type IncidentFacts } from '@tocsin/schema/postgres/notificationTarget';
import { readLink, redeemLink } from '@tocsin/schema/postgres/oneTimeLink';
import { personsById } from '@tocsin/schema/postgres/person';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { publicPolicy, publicStyle } from './publicStyle.js';
import { escapeHtml } from './respond/notify/mailHtml.js';
import type { RouteDeps } from './routes.js';

const tokenForm = /^tkl_[\w-]{43}$/;

const style = `${publicStyle}
.facts{display:flex;flex-wrap:wrap;gap:.25rem .75rem;margin:.5rem 0 1rem;padding:0;color:var(--muted)}
.facts [data-severity]{font-weight:600;text-transform:capitalize}.facts [data-severity=critical]{color:var(--bad)}.facts [data-severity=high]{color:var(--high)}.facts [data-severity=medium]{color:var(--warn)}.facts [data-severity=low]{color:var(--info)}
button{width:100%;min-height:3.25rem;font-size:1.0625rem}.done{margin:1rem 0 0;font-weight:600}
`;

interface Request {
  readonly Params: { readonly token: string };
}

/**
 * Acknowledging from a message. Mail scanners open every link, so a GET shows a page and changes nothing; its button POSTs. The
 * address is the secret: it names one person and one incident, works once, and lets nobody in.
 */
export async function actRoutes(
  app: FastifyInstance,
  { services: { pool }, dashboardUrl, now }: RouteDeps,
): Promise<void> {
  await app.register(async (scope) => {
    // The button's form is empty; without a parser its type would be refused.
    scope.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: 1_024 },
      (_request, _body, done) => done(null, null),
    );
    scope.addHook('onRequest', async (_request, reply) => guardPage(reply));

    scope.get<Request>('/act/:token', async ({ params: { token } }, reply) => {
      const link = tokenForm.test(token) ? await readLink(pool, token, now()) : null;
      const incident = link?.purpose === 'acknowledge' ? await incidentOf(link.incidentId) : null;
      if (incident === null) return gone(reply);
      return reply.send(page(incident, dashboardUrl(), '<form method="post"><button>Acknowledge</button></form>'));
    });

    scope.post<Request>('/act/:token', async ({ params: { token } }, reply) => {
      const link = tokenForm.test(token) ? await readLink(pool, token, now()) : null;
      const incident = link?.purpose === 'acknowledge' ? await incidentOf(link.incidentId) : null;
      const [person] = await personsById(pool, [link?.personId ?? 0]);
      if (incident === null || person?.isActive !== true) return gone(reply);
      const actor = { kind: 'person', name: person.handle } as const;
      try {
        await executeCommand(pool, incident.id, { type: 'acknowledge' }, actor, now(), null);
        // Afterwards: a database that goes away between the two leaves a link that works.
        await redeemLink(pool, token, 'acknowledge', now());
      } catch (error) {
        if (!(error instanceof DomainFailure)) throw error;
        return reply.send(
          page(incident, dashboardUrl(), `<p class="done" role="alert">${escapeHtml(error.message)}</p>`),
        );
      }
      return reply.send(
        page(incident, dashboardUrl(), `<p class="done" role="status">Acknowledged by ${escapeHtml(person.name)}.</p>`),
      );
    });
  });

  async function incidentOf(id: number | null): Promise<IncidentFacts | null> {
    return id === null ? null : (await messageFacts(pool, { personId: null, incidentId: id })).incident;
  }

  function gone(reply: FastifyReply): FastifyReply {
    const text = '<p class="muted">It was used already, or it has expired.</p>';
    return reply.code(404).send(frame('This link has ended', text, openLink(dashboardUrl(), 'Open Tocsin')));
  }
}

function guardPage(reply: FastifyReply): void {
  void reply
    .type('text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .header('referrer-policy', 'no-referrer')
    .header('x-content-type-options', 'nosniff')
    .header('x-robots-tag', 'noindex')
    .header('content-security-policy', publicPolicy(style));
}

function page({ id, title, severity, phase, services }: IncidentFacts, dashboardUrl: string, action: string): string {
  const reference = incidentReference(id);
  const facts = [phase, ...services].map((each) => `<span>${escapeHtml(each)}</span>`).join('');
  const open = openLink(`${dashboardUrl}/incidents/${id}`, `Open ${reference}`);
  const said = `<p class="facts"><span data-severity="${severity}">${severity}</span>${facts}</p>${action}`;
  return frame(`${reference} ${title}`, said, open);
}

function openLink(url: string, label: string): string {
  return `<a href="${escapeHtml(url)}">${escapeHtml(label)}</a>`;
}

function frame(title: string, body: string, foot: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title><style>${style}</style></head>
<body><main class="narrow"><div class="card"><h1>${escapeHtml(title)}</h1>${body}</div><footer>${foot}</footer></main></body></html>`;
}
