import type { TypeEvents } from '../events/types.js';
import type { Sentences } from './sentences.js';

export const typeSentences: Sentences<TypeEvents> = {
  'incident.triaged': (who) => `${who} triaged the incident`,
  'incident.statusChanged': (who, { from, to }) => `${who} moved the incident from ${from} to ${to}`,
  'incident.typeChanged': (who, { from, to }) => `${who} changed the type from ${from} to ${to}`,
  'incident.priorityChanged': (who, { from, to }) => `${who} changed the priority from P${from} to P${to}`,
  'incident.edited': (who, { changes }) => `${who} edited ${changes.map(({ field }) => field).join(', ')}`,
  'incident.roleAssigned': (who, { role, handle }) => `${who} made ${handle} ${role}`,
  'incident.roleRemoved': (who, { role, handle }) => `${who} took the role ${role} from ${handle}`,
  'incident.checklistTicked': (who, { item, isTicked }) => `${who} ${isTicked ? 'ticked' : 'unticked'} “${item}”`,
  'incident.automated': (_who, { rule, state, results }) =>
    `Automation “${rule}” ${state === 'done' ? `did: ${results.map(({ action }) => action).join(', ')}` : state}`,
};
