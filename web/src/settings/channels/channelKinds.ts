import type { EventKind } from '../../graphql/graphql.ts';
import type { ChannelKind } from './channelQueries.ts';

interface KindField {
  readonly name: string;
  readonly label: string;
  readonly placeholder?: string;
  readonly isRequired?: boolean;
  readonly isLong?: boolean;
}

interface KindWords {
  readonly title: string;
  readonly settings: readonly KindField[];
  /** What is kept encrypted; null: nothing. */
  readonly secret: { readonly label: string; readonly placeholder: string; readonly isRequired: boolean } | null;
}

/** In the order in which they are offered. */
export const channelKinds: Readonly<Record<ChannelKind, KindWords>> = {
  EMAIL: {
    title: 'E-mail',
    settings: [{ name: 'address', label: 'Address', placeholder: 'operations@example.com', isRequired: true }],
    secret: null,
  },
  SLACK_WEBHOOK: {
    title: 'Slack, incoming webhook',
    settings: [],
    secret: { label: 'Webhook address', placeholder: 'https://hooks.slack.com/services/…', isRequired: true },
  },
  SLACK_BOT: {
    title: 'Slack, bot with buttons',
    settings: [
      { name: 'room', label: 'Channel ID', placeholder: 'C0123456789', isRequired: true },
      { name: 'apiUrl', label: 'API address, where it is not slack.com', placeholder: 'https://slack.com/api' },
    ],
    secret: {
      label: 'Token and signing secret, as JSON',
      placeholder: '{ "token": "xoxb-…", "signingSecret": "…" }',
      isRequired: true,
    },
  },
  TEAMS: {
    title: 'Microsoft Teams',
    settings: [],
    secret: { label: 'Workflow address', placeholder: 'https://…logic.azure.com/workflows/…', isRequired: true },
  },
  WEBHOOK: {
    title: 'Webhook',
    settings: [
      { name: 'url', label: 'Address', placeholder: 'https://example.com/hook' },
      {
        name: 'template',
        label: 'Body (Liquid), where it is not the standard JSON',
        placeholder: '{"text": "{{ title }}"}',
        isLong: true,
      },
      { name: 'contentType', label: 'Content type of that body', placeholder: 'application/json' },
    ],
    secret: {
      label: 'Signing secret, or JSON with signingSecret, url, authorization',
      placeholder: 'whsec_…',
      isRequired: false,
    },
  },
};

export const kindNames: readonly ChannelKind[] = ['EMAIL', 'SLACK_WEBHOOK', 'SLACK_BOT', 'TEAMS', 'WEBHOOK'];

/** What a channel is offered to be told of. */
export const tellable: readonly { readonly value: EventKind; readonly label: string }[] = [
  { value: 'INCIDENT_OPENED', label: 'opened' },
  { value: 'INCIDENT_ACKNOWLEDGED', label: 'acknowledged' },
  { value: 'INCIDENT_ESCALATED', label: 'escalated' },
  { value: 'INCIDENT_UNREACHABLE', label: 'nobody reachable' },
  { value: 'INCIDENT_SEVERITY_CHANGED', label: 'severity changed' },
  { value: 'INCIDENT_NOTE_ADDED', label: 'note added' },
  { value: 'INCIDENT_MITIGATED', label: 'mitigated' },
  { value: 'INCIDENT_RESOLVED', label: 'resolved' },
  { value: 'INCIDENT_REOPENED', label: 'reopened' },
  { value: 'INCIDENT_CLOSED', label: 'closed' },
  { value: 'INCIDENT_UPDATE_PUBLISHED', label: 'update published' },
];
