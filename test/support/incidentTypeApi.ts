import { builtInDefinition } from '@tocsin/schema/domain/builtInTypes';
import type { Ask } from './apiServer.js';
import { done } from './done.js';

/** What is read of answers about types and their incidents. */
interface Answered {
  readonly id: string;
  readonly customFields: readonly { readonly key: string; readonly value: string | null }[];
  readonly nextStatuses: readonly { readonly status: { readonly key: string } }[];
  readonly roles: readonly { readonly role: string }[];
  readonly closingObstacles: readonly string[];
  readonly nodes: readonly { readonly id: string }[];
}
export const answer = done<Answered>;

const { statuses, transitions } = builtInDefinition.workflow;
const upper = (word: string) => word.toUpperCase();

/** The built-in definition as the API takes it, with one more status, a field, a role with a checklist. */
export function securityType(change: Record<string, unknown> = {}) {
  const arrows = [
    ...transitions.filter(({ from, to }) => !(from === 'acknowledged' && to === 'resolved')),
    { from: 'acknowledged', to: 'contained', role: 'responder', requires: ['vector'] },
    { from: 'contained', to: 'resolved', role: 'manager', requires: [] },
  ];
  return {
    key: 'security',
    title: 'Security',
    isRestricted: true,
    definition: {
      statuses: [
        ...statuses.map((each) => ({ ...each, phase: upper(each.phase) })),
        { key: 'contained', title: 'Contained', phase: 'ACKNOWLEDGED' },
      ],
      transitions: arrows.map((each) => ({ ...each, role: upper(each.role) })),
      fields: [
        { key: 'vector', title: 'Vector', kind: 'CHOICE', choices: ['phishing', 'malware'], reportOrder: 1 },
        { key: 'impact_text', title: 'Impact', kind: 'TEXT', reportOrder: 2, isRequiredInReport: true },
        { key: 'lead', title: 'Lead', kind: 'PERSON' },
      ],
      roles: [{ role: 'MANAGER', requiredFrom: 'HIGH', checklist: [{ key: 'inform', text: 'Inform <b>legal</b>' }] }],
      defaultSeverity: 'HIGH',
      closing: { reviewFrom: null, openTasks: 'REFUSED', fields: ['vector'] },
      ...change,
    },
  };
}

export const saveType = (ask: Ask, input: object, expectedVersion: number) =>
  answer(
    ask,
    'mutation ($input: IncidentTypeInput!, $v: Int!) { done: saveIncidentType(input: $input, expectedVersion: $v) { key version } }',
    { input, v: expectedVersion },
  );
export const createTyped = (ask: Ask, input: object) =>
  answer(
    ask,
    `mutation ($input: CreateIncidentInput!) { done: createIncident(input: $input) {
      id typeVersion severity isRestricted priority status { key } customFields { key value } } }`,
    { input: { title: 'Leak', services: [], ...input } },
  );
export const moveTo = (ask: Ask, id: string, status: string, customFields: readonly object[] = []) =>
  answer(
    ask,
    `mutation ($id: ID!, $status: String!, $f: [CustomFieldValueInput!]) {
      done: changeIncidentStatus(id: $id, status: $status, customFields: $f) { phase status { key } version } }`,
    { id, status, f: customFields },
  );
