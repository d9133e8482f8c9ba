import type { WorkEvents } from '../events/work.js';
import type { Sentences } from './sentences.js';

export const workSentences: Sentences<WorkEvents> = {
  'incident.noteEdited': (who) => `${who} edited a note`,
  'incident.noteDeleted': (who) => `${who} withdrew a note`,
  'incident.pinned': (who, { kind, title }) => `${who} pinned the ${kind} “${title}”`,
  'incident.unpinned': (who) => `${who} took a pin away`,
  'incident.attached': (who, { name }) => `${who} attached “${name}”`,
  'incident.attachmentDeleted': (who, { name }) => `${who} deleted the attachment “${name}”`,
  'incident.taskChanged': (who, { title, action, assignee }) =>
    `${who} ${taskWords[action]} the task “${title}”${action === 'created' && assignee !== null ? ` for ${assignee}` : ''}`,
  'incident.linkAdded': (who, { kind, title }) => `${who} added a link (${kind}): ${title}`,
  'incident.linkRemoved': (who, { title }) => `${who} removed the link ${title}`,
  'incident.runbookAttached': (_who, { title, because }) => `Runbook “${title}” attached: ${because}`,
  'incident.runbookTicked': (who, { text, isTicked }) => `${who} ${isTicked ? 'did' : 'took back'}: ${text}`,
  'incident.updateDrafted': (who, { audience }) =>
    `${who} drafted an ${audience === 'public' ? 'update for the public' : 'internal update'}`,
  'incident.updateDecided': (who, { isApproved, comment }) =>
    `${who} ${isApproved ? 'approved' : 'rejected'} an update${comment === null ? '' : `: ${comment}`}`,
  'incident.updatePublished': (who, { audience, title, progress }) =>
    `${who} published ${audience === 'public' ? 'to the public' : 'internally'}: ${title} (${progress})`,
};

const taskWords: Readonly<Record<WorkEvents['incident.taskChanged']['action'], string>> = {
  created: 'created',
  changed: 'changed',
  done: 'finished',
  reopened: 'reopened',
  dropped: 'dropped',
};
