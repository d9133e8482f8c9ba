import type { PeopleEvents } from '../events/people.js';
import type { Sentences } from './sentences.js';

export const peopleSentences: Sentences<PeopleEvents> = {
  'configuration.changed': (who, { topic, action, name }) => `${who} ${action} ${topicNames[topic]} “${name}”`,
  'access.granted': (who, { what, how, detail }) =>
    `${who} ${grantedWords[what](how)}${detail === null ? '' : `: ${detail}`}`,
  'access.refused': (who, { what, detail, count }) =>
    `${who} was refused (${what}): ${detail}${count > 1 ? `, ${count} times` : ''}`,
  'access.ended': (who, { what, because }) => `${who}: a ${what} ended, ${endedWords[because]}`,
};

const topicNames: Readonly<Record<PeopleEvents['configuration.changed']['topic'], string>> = {
  person: 'the person',
  role: 'the role of',
  apiToken: 'the API token',
  invitation: 'the invitation of',
  team: 'the team',
  schedule: 'the schedule',
  override: 'an override of',
  escalationPolicy: 'the escalation policy',
  incidentType: 'the incident type',
  priorityMatrix: 'the priority matrix',
  severityCriterion: 'the criteria of severity',
  automationRule: 'the automation',
  channel: 'the channel',
  contact: 'the contact',
  calendarFeed: 'a calendar address of',
  notificationRule: 'the notification rules of',
  template: 'the template',
  runbook: 'the runbook',
  statusPage: 'the status page',
  integration: 'the integration',
  retention: 'the retention of',
};

const grantedWords: Readonly<Record<PeopleEvents['access.granted']['what'], (how: string) => string>> = {
  signedIn: (how) => `signed in by ${how}`,
  linkUsed: () => 'used a link',
  exported: () => 'exported',
  attachmentRead: () => 'read an attachment',
};

const endedWords: Readonly<Record<PeopleEvents['access.ended']['because'], string>> = {
  signedOut: 'signed out',
  revoked: 'revoked',
  expired: 'expired',
  deactivated: 'the account was switched off',
};
