import {
  AutomationMatchFieldsResolver,
  AutomationResolver,
  AutomationRuleFieldsResolver,
  AutomationRunFieldsResolver,
  IncidentAutomationResolver,
} from './automation.js';
import { IncidentWorkFieldsResolver } from './incidentWorkFields.js';
import { IncidentWorkMutationsResolver } from './incidentWorkMutations.js';
import { TypeMutationsResolver } from './typeMutations.js';
import { IncidentTypeFieldsResolver, TypeQueriesResolver } from './typeQueries.js';

export const typesResolvers = [
  TypeQueriesResolver,
  IncidentTypeFieldsResolver,
  TypeMutationsResolver,
  IncidentWorkFieldsResolver,
  IncidentWorkMutationsResolver,
  AutomationResolver,
  AutomationRuleFieldsResolver,
  AutomationRunFieldsResolver,
  AutomationMatchFieldsResolver,
  IncidentAutomationResolver,
] as const;
