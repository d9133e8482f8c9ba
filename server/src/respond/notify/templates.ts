import { Liquid } from 'liquidjs';

export interface Template {
  readonly title: string;
  readonly body: string;
}

/** What a message says where nobody saved another text, by key. */
export const builtInTemplates: Readonly<Record<string, Template>> = {
  'incident.paged': {
    title: '{{ severity | upcase }} {{ incident.reference }} {{ incident.title }}',
    body: `{{ because | default: "You are asked to look at this incident" }}.
{% if incident.services.size > 0 %}
Services: {{ incident.services | join: ", " }}{% endif %}{% if incident.environment %}
Environment: {{ incident.environment }}{% endif %}{% if incident.team %}
Team: {{ incident.team }}{% endif %}`,
  },
  'incident.update': {
    title: '{{ incident.reference }} {{ incident.title }}',
    body: '{{ sentence }}{% if text %}\n\n{{ text }}{% endif %}',
  },
};

/** The whole of a message, its `title` and `text` given by who asked for it. */
const plainTemplate: Template = { title: '{{ title | default: "Tocsin" }}', body: '{{ text }}' };

export function builtInTemplate(key: string): Template {
  return builtInTemplates[key] ?? plainTemplate;
}

const limits = { parseLimit: 64 * 1_024, renderLimit: 100, memoryLimit: 1_000_000 };
/** Own properties only, no file system, so nothing is included; limited in size, time and memory. */
const options = {
  ...limits,
  ownPropertyOnly: true,
  strictFilters: true,
  jsTruthy: true,
  relativeReference: false,
  templates: {},
} as const;
const text = new Liquid(options);
const json = new Liquid({ ...options, outputEscape: (value: unknown) => JSON.stringify(asText(value)).slice(1, -1) });
const longestResult = 64 * 1_024;

export class TemplateFailure extends Error {
  override readonly name = 'TemplateFailure';
}

/**
 * The template with its values. In `json` every value is escaped, so that none can end the string it stands in; `raw` gives up
 * that care.
 * @throws TemplateFailure where it cannot be read, takes too long, or says too much
 */
export function renderTemplate(
  template: string,
  scope: Readonly<Record<string, unknown>>,
  as: 'text' | 'json' = 'text',
): string {
  try {
    const engine = as === 'json' ? json : text;
    const result = String(engine.parseAndRenderSync(template, { ...scope }));
    if (result.length <= longestResult) return result;
  } catch (error) {
    throw new TemplateFailure(error instanceof Error ? firstLine(error.message) : String(error));
  }
  throw new TemplateFailure(`the message has more than ${longestResult} characters`);
}

function firstLine(message: string): string {
  return (message.split('\n')[0] ?? '').slice(0, 300);
}

function asText(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
    case 'bigint':
    case 'boolean':
      return String(value);
    default:
      return typeof value === 'object' && value !== null ? JSON.stringify(value) : '';
  }
}
