import type { ResultOf } from 'gql.tada';
import { graphql } from '../../graphql/graphql.ts';

export const channelsQuery = graphql(`
  query NotificationChannels {
    notificationChannels {
      id
      name
      kind
      version
      team {
        id
        name
      }
      settings {
        name
        value
      }
      hasSecret
      mayReachPrivate
      isEnabled
      ratePerMinute
      failingSince
      lastError
      subscriptions {
        kinds
        condition
      }
    }
    teams {
      id
      name
    }
  }
`);

export type ChannelRow = ResultOf<typeof channelsQuery>['notificationChannels'][number];
export type ChannelKind = ChannelRow['kind'];

export const saveChannel = graphql(`
  mutation SaveNotificationChannel($input: ChannelInput!, $expectedVersion: Int) {
    saveNotificationChannel(input: $input, expectedVersion: $expectedVersion) {
      id
      version
    }
  }
`);

export const deleteChannel = graphql(`
  mutation DeleteNotificationChannel($id: ID!) {
    deleteNotificationChannel(id: $id)
  }
`);

export const testChannel = graphql(`
  mutation TestNotificationChannel($id: ID!) {
    testNotificationChannel(id: $id) {
      isSent
      status
      error
    }
  }
`);

export const rotateSecret = graphql(`
  mutation RotateChannelSecret($id: ID!) {
    rotateChannelSecret(id: $id)
  }
`);
