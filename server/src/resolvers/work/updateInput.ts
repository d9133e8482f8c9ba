import {
  type Audience,
  type ComponentState,
  updateLimits,
  type UpdateProgress,
} from '@tocsin/schema/domain/stakeholderUpdate';
import type { StatusPageInput, UpdateInput } from '@tocsin/schema/graphql/stakeholder';
import type { UpdateDraft } from '@tocsin/schema/postgres/stakeholderUpdateWrite';
import { type StatusPageDraft, statusPageLimits } from '@tocsin/schema/postgres/statusPage';
import { invalidInput } from '../../errors.js';
import { idOrNull, optionalText, requiredId, requiredText } from '../input.js';

export function updateDraftOf(input: UpdateInput): UpdateDraft {
  const components = input.components ?? [];
  if (components.length > updateLimits.components) {
    throw invalidInput('input.components', `At most ${updateLimits.components} components.`);
  }
  return {
    id: input.id == null ? null : requiredId('update', input.id),
    incidentId: requiredId('incident', input.incidentId),
    // GraphQL's enums hold the domain's words.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- checked by the enum
    audience: input.audience as Audience,
    title: requiredText('input.title', input.title, updateLimits.title),
    body: requiredText('input.body', input.body, updateLimits.body),
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- checked by the enum
    progress: input.progress as UpdateProgress,
    components: components.map(({ componentId, state }) => ({
      componentId: requiredId('component', componentId),
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- checked by the enum
      state: state as ComponentState,
    })),
    templateId: input.templateId == null ? null : requiredId('template', input.templateId),
  };
}

export function statusPageDraftOf({
  isPublic,
  title,
  description,
  needsApproval,
  components,
}: StatusPageInput): StatusPageDraft {
  if (components.length > statusPageLimits.components) {
    throw invalidInput('input.components', `At most ${statusPageLimits.components} components.`);
  }
  return {
    isPublic,
    needsApproval,
    title: requiredText('input.title', title, statusPageLimits.title),
    description: optionalText('input.description', description, statusPageLimits.description),
    components: components.map((component, index) => ({
      id: component.id == null ? null : idOrNull(component.id),
      service: requiredText(`input.components[${index}].service`, component.service, 256),
      title: requiredText(`input.components[${index}].title`, component.title, statusPageLimits.title),
      group: optionalText(`input.components[${index}].group`, component.group, statusPageLimits.title),
    })),
  };
}
