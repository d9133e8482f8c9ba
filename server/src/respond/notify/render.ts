import { incidentReference } from '@tocsin/schema/domain/incident';
import type { RenderedMessage } from '@tocsin/schema/domain/notification';
import type { Severity } from '@tocsin/schema/domain/severity';
import type { MessageFacts } from '@tocsin/schema/postgres/notificationTarget';
import { mailHtml } from './mailHtml.js';
import { builtInTemplate, renderTemplate, type Template, TemplateFailure } from './templates.js';

export interface ToRender {
  readonly key: string;
  readonly template: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly severity: Severity;
  readonly isRepeat: boolean;
  readonly bundled: readonly {
    readonly incidentId: number | null;
    readonly title: string;
    readonly sentence: string | null;
  }[];
}

export interface RenderLinks {
  /** Without a slash at the end. */
  readonly dashboardUrl: string;
  readonly acknowledgeUrl: string | null;
}

const listed = 20;

/** What the message says. A saved template that cannot be rendered gives way to the built-in one: nobody is left untold for it. */
export function renderMessage(
  message: ToRender,
  facts: MessageFacts,
  saved: Template | null,
  { dashboardUrl, acknowledgeUrl }: RenderLinks,
): RenderedMessage {
  const { incident, person } = facts;
  const reference = incident === null ? null : incidentReference(incident.id);
  const more = message.bundled.length;
  const scope = {
    ...message.values,
    severity: incident?.severity ?? message.severity,
    incident: incident === null ? null : { ...incident, reference },
    person,
    more,
    isRepeat: message.isRepeat,
  };
  const said = say(saved ?? builtInTemplate(message.template), message.template, scope);
  const text = [said.body, ...others(message), ...repetition(message)].filter((part) => part !== '').join('\n\n');
  const url = urlOf(message, incident?.id ?? null, dashboardUrl);
  const title = more > 0 ? `${said.title} and ${more} more` : said.title;
  return {
    title,
    text,
    html: mailHtml({ title, text, url, acknowledgeUrl }),
    url,
    acknowledgeUrl,
    incident: incident === null ? null : { id: incident.id, reference: reference ?? '', severity: incident.severity },
    isRepeat: message.isRepeat,
    more,
    key: message.key,
  };
}

function say(template: Template, key: string, scope: Readonly<Record<string, unknown>>): Template {
  try {
    return rendered(template, scope);
  } catch (error) {
    if (!(error instanceof TemplateFailure)) throw error;
    return rendered(builtInTemplate(key), scope);
  }
}

function rendered({ title, body }: Template, scope: Readonly<Record<string, unknown>>): Template {
  return {
    title: renderTemplate(title, scope).replace(/\s+/g, ' ').trim().slice(0, 300),
    body: renderTemplate(body, scope).trim(),
  };
}

function others({ bundled }: ToRender): readonly string[] {
  if (bundled.length === 0) return [];
  const named = bundled.slice(0, listed).map(({ incidentId, title, sentence }) => {
    const reference = incidentId === null ? '' : incidentReference(incidentId);
    // What an automation says begins with the reference already.
    const head = title.startsWith(reference) ? title : `${reference} ${title}`;
    return `- ${sentence === null ? head : `${head}: ${sentence}`}`;
  });
  const rest = bundled.length - named.length;
  return [`${bundled.length} more:\n${named.join('\n')}${rest > 0 ? `\n- and ${rest} others` : ''}`];
}

function repetition({ isRepeat }: ToRender): readonly string[] {
  return isRepeat ? ['This may be a repetition: nobody knows whether an earlier attempt arrived.'] : [];
}

/** Of several incidents the list is more use than one of them. A link that was asked for is one of ours or nothing. */
function urlOf({ values, bundled }: ToRender, incidentId: number | null, dashboardUrl: string): string | null {
  const asked = values['url'];
  if (typeof asked === 'string' && /^https?:\/\//.test(asked)) return asked;
  if (bundled.length > 0) return `${dashboardUrl}/incidents`;
  return incidentId === null ? null : `${dashboardUrl}/incidents/${incidentId}`;
}
