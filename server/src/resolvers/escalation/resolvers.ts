import { EscalationFieldsResolver, IncidentEscalationResolver, PageFieldsResolver } from './fields.js';
import { EscalationMutationsResolver } from './mutations.js';
import { PagePreviewResolver } from './preview.js';
import { RespondStatusResolver } from './system.js';

export const escalationResolvers = [
  IncidentEscalationResolver,
  EscalationFieldsResolver,
  PageFieldsResolver,
  EscalationMutationsResolver,
  PagePreviewResolver,
  RespondStatusResolver,
] as const;
