import { compileIncidentCondition } from '@tocsin/schema/domain/expressionIncident';
import { DomainFailure } from '@tocsin/schema/domain/errors';
import { isMailAddress } from '@tocsin/schema/domain/mailAddress';
import type { ChannelKind } from '@tocsin/schema/domain/notification';
import type { ChannelInput, LabelInput } from '@tocsin/schema/graphql/notificationInputs';
import type { ChannelDraft, ChannelSubscription } from '@tocsin/schema/postgres/channel';
import { invalidInput } from '../../errors.js';
import { partsOfSecret, textOf } from '../../respond/notify/channels/adapter.js';
import { renderTemplate, TemplateFailure } from '../../respond/notify/templates.js';
import { optionalText, requiredText, wholeNumber } from '../input.js';

const longest = { name: 100, value: 8_000, secret: 4_000, condition: 2_000 } as const;

/** Settings that each kind has, and those that it cannot do without. */
const known: Readonly<Record<ChannelKind, { readonly all: readonly string[]; readonly required: readonly string[] }>> =
  {
    email: { all: ['address'], required: ['address'] },
    slack_webhook: { all: [], required: [] },
    slack_bot: { all: ['room', 'apiUrl'], required: ['room'] },
    teams: { all: [], required: [] },
    webhook: { all: ['url', 'template', 'contentType'], required: [] },
  };

/** @throws ApiFailure INVALID_INPUT, DomainFailure EXPRESSION_INVALID */
export function channelDraftOf(input: ChannelInput, teamId: number | null): ChannelDraft {
  if (input.subscriptions.length > 20) throw invalidInput('subscriptions', 'At most 20 subscriptions are kept.');
  return {
    name: requiredText('name', input.name, longest.name),
    kind: input.kind,
    teamId,
    settings: settingsOf(input.kind, input.settings),
    mayReachPrivate: input.mayReachPrivate,
    isEnabled: input.isEnabled,
    ratePerMinute: wholeNumber('ratePerMinute', input.ratePerMinute, 1, 600),
    subscriptions: input.subscriptions.map(subscriptionOf),
  };
}

function settingsOf(kind: ChannelKind, labels: readonly LabelInput[]): Readonly<Record<string, string>> {
  const { all, required } = known[kind];
  const settings: Record<string, string> = {};
  for (const { name, value } of labels) {
    if (!all.includes(name)) throw invalidInput('settings', `${name.slice(0, 40)} is no setting of this kind.`);
    const text = optionalText(`settings.${name}`, value, longest.value);
    if (text !== null) settings[name] = text;
  }
  const missing = required.find((name) => settings[name] === undefined);
  if (missing !== undefined) throw invalidInput(`settings.${missing}`, `${missing} must not be empty.`);
  const { address, url, apiUrl, template, contentType } = settings;
  if (address !== undefined && !isMailAddress(address)) {
    throw invalidInput('settings.address', 'address must be one e-mail address.');
  }
  for (const [name, each] of Object.entries({ url, apiUrl }))
    if (each !== undefined) webAddress(`settings.${name}`, each);
  if (contentType !== undefined && !/^[\w.+-]+\/[\w.+-]+(; ?charset=[\w-]+)?$/.test(contentType)) {
    throw invalidInput('settings.contentType', 'contentType must be a media type like text/plain.');
  }
  if (template !== undefined) readableTemplate('settings.template', template);
  return settings;
}

export function webAddress(field: string, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
    throw invalidInput(field, `${field} must be a URL like https://example.com/hook, without a password.`);
  }
  return text;
}

export function readableTemplate(field: string, template: string): void {
  try {
    renderTemplate(template, {});
  } catch (error) {
    if (error instanceof TemplateFailure) throw invalidInput(field, error.message);
    throw error;
  }
}

function subscriptionOf(
  { kinds, condition }: ChannelInput['subscriptions'][number],
  index: number,
): ChannelSubscription {
  const field = `subscriptions[${index}]`;
  if (kinds.length === 0) throw invalidInput(`${field}.kinds`, `${field}.kinds must name at least one kind.`);
  const text = optionalText(`${field}.condition`, condition, longest.condition);
  if (text !== null) {
    const compiled = compileIncidentCondition(text, `${field}.condition`);
    if (!compiled.isValid) throw new DomainFailure(compiled.error);
  }
  return { kinds: [...new Set(kinds)], condition: text };
}

/** The secret as it is kept, or undefined where it stays as it is. */
export function channelSecretOf(kind: ChannelKind, secret: string | null | undefined): string | undefined {
  const text = optionalText('secret', secret, longest.secret);
  if (text === null) return undefined;
  switch (kind) {
    case 'email':
      throw invalidInput('secret', 'An e-mail channel has no secret: TOCSIN_SMTP_URL holds it.');
    case 'slack_webhook':
    case 'teams':
      return webAddress('secret', text);
    case 'slack_bot': {
      const token = textOf(partsOfSecret(text)['token']);
      if (token === null) throw invalidInput('secret', 'secret must be JSON with token and signingSecret.');
      return JSON.stringify({ token, signingSecret: textOf(partsOfSecret(text)['signingSecret']) ?? '' });
    }
    case 'webhook':
      return webhookSecret(text);
  }
}

export function webhookSecret(text: string): string {
  const parts = text.startsWith('{') ? partsOfSecret(text) : { signingSecret: text };
  const [signingSecret, url, authorization] = ['signingSecret', 'url', 'authorization'].map((name) =>
    textOf(parts[name]),
  );
  if (signingSecret != null && !/^(whsec_)?[A-Za-z0-9+/]{24,100}={0,2}$/.test(signingSecret)) {
    throw invalidInput('secret', 'signingSecret must be whsec_ and at least 24 characters of base64.');
  }
  if (url != null) webAddress('secret', url);
  if (authorization != null && /[^\x20-\x7e]/.test(authorization)) {
    throw invalidInput('secret', 'authorization must be the text of a header.');
  }
  return JSON.stringify({ signingSecret, url, authorization });
}
