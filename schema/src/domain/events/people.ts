/** Who came in, and what was configured. */
export interface PeopleEvents {
  /** Any configuration but rules, services and maintenance, which have their own kinds. Secrets are '•••'. `id` null: there is one. */
  'configuration.changed': {
    readonly topic: ConfigurationTopic;
    readonly action: 'created' | 'changed' | 'removed';
    readonly id: string | null;
    readonly name: string;
    readonly before: unknown;
    readonly after: unknown;
  };
  /** `how`: password, oidc, link, token, setup, invitation. */
  'access.granted': {
    readonly how: string;
    readonly what: 'signedIn' | 'linkUsed' | 'exported' | 'attachmentRead';
    readonly detail: string | null;
  };
  /** One per minute and key at most, with how often: a flood writes no flood. */
  'access.refused': {
    readonly what: 'signIn' | 'permission' | 'token' | 'link' | 'signature' | 'rate';
    readonly permission: string | null;
    readonly detail: string;
    readonly count: number;
  };
  'access.ended': {
    readonly what: 'session' | 'token' | 'link';
    readonly id: string;
    readonly because: 'signedOut' | 'revoked' | 'expired' | 'deactivated';
  };
}

export type ConfigurationTopic =
  | 'person'
  | 'role'
  | 'apiToken'
  | 'invitation'
  | 'team'
  | 'schedule'
  | 'override'
  | 'escalationPolicy'
  | 'incidentType'
  | 'priorityMatrix'
  | 'severityCriterion'
  | 'automationRule'
  | 'channel'
  | 'contact'
  | 'calendarFeed'
  | 'notificationRule'
  | 'template'
  | 'runbook'
  | 'statusPage'
  | 'integration'
  | 'retention';
