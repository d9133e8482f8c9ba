import type { MessageTemplateInput } from '@tocsin/schema/graphql/notificationInputs';
import type { TemplateDraft } from '@tocsin/schema/postgres/messageTemplateWrite';
import { invalidInput } from '../../errors.js';
import { optionalText, requiredText } from '../input.js';
import { readableTemplate } from './channelInput.js';

/** @param isToBeSaved false: a draft that may not be readable yet. @throws ApiFailure INVALID_INPUT */
export function templateDraftOf(input: MessageTemplateInput, isToBeSaved = true): TemplateDraft {
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
