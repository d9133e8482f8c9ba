import type { ResultOf } from 'gql.tada';
import { graphql } from '../../graphql/graphql.ts';

const settingsFields = graphql(`
  fragment NotificationSettingsFields on NotificationSettings {
    contacts {
      id
      kind
      name
      address
      isVerified
      failingSince
      lastError
    }
    rules {
      topic
      delaySeconds
      minSeverity
      contact {
        id
        name
      }
    }
    quietHours {
      weekdays
      from
      until
      pagesFrom
    }
    webPushKey
  }
`);

export const notificationSettingsQuery = graphql(
  `
    query NotificationSettings {
      viewer {
        person {
          id
          timeZone
          notificationSettings {
            ...NotificationSettingsFields
          }
        }
      }
      notificationChannels {
        id
        name
        kind
      }
    }
  `,
  [settingsFields],
);

export type NotificationSettings = ResultOf<typeof settingsFields>;
export type ContactRow = NotificationSettings['contacts'][number];
export type RuleRow = NotificationSettings['rules'][number];
export type QuietHoursRow = NotificationSettings['quietHours'][number];

export const addContact = graphql(`
  mutation AddContact($input: ContactInput!) {
    addContact(input: $input) {
      id
      isVerified
    }
  }
`);

export const verifyContact = graphql(`
  mutation VerifyContact($id: ID!, $code: String!) {
    verifyContact(id: $id, code: $code) {
      id
      isVerified
    }
  }
`);

export const removeContact = graphql(`
  mutation RemoveContact($id: ID!) {
    removeContact(id: $id)
  }
`);

export const testContact = graphql(`
  mutation TestContact($id: ID!) {
    testContact(id: $id) {
      isSent
      status
      error
    }
  }
`);

export const saveRules = graphql(
  `
    mutation SaveNotificationRules($rules: [NotificationRuleInput!], $quietHours: [QuietHoursInput!]) {
      saveNotificationRules(rules: $rules, quietHours: $quietHours) {
        ...NotificationSettingsFields
      }
    }
  `,
  [settingsFields],
);
