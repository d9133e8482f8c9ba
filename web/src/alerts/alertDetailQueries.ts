import type { ResultOf } from 'gql.tada';
import { graphql } from '../graphql/graphql.ts';
import { alertRowFields } from './alertsQueries.ts';

export const alertDetailQuery = graphql(
  `
    query AlertDetail($id: ID!) {
      alert(id: $id) {
        ...AlertRowFields
        fingerprint
        senderSeverity
        description
        annotations {
          name
          value
        }
        receivedAt
        generatorUrl
        runbookUrl
        links {
          title
          url
        }
        integration {
          id
          name
          source
        }
        incident {
          id
          number
          reference
          title
          phase
          severity
        }
        explanation {
          ruleId
          ruleVersion
          outcome
          key
          values {
            name
            value
          }
          windowSeconds
          sentence
          path
          failures {
            ruleId
            message
          }
        }
      }
    }
  `,
  [alertRowFields],
);

export type AlertDetails = NonNullable<ResultOf<typeof alertDetailQuery>['alert']>;

/** What the rules of one version wait for. */
export const heldBackRuleQuery = graphql(`
  query HeldBackRule($version: Int) {
    ruleSet(version: $version) {
      rules {
        id
        name
        thresholdCount
        thresholdSeconds
        holdSeconds
      }
    }
  }
`);

/** The same condition at other times: the same labels from the same sender. */
export const alertEpisodesQuery = graphql(`
  query AlertEpisodes($filter: AlertFilter) {
    alerts(filter: $filter, sort: NEWEST, first: 20) {
      nodes {
        id
        status
        startsAt
        endsAt
        lastReceivedAt
        receivedCount
        fingerprint
        incident {
          id
          number
          reference
        }
      }
    }
  }
`);

export type Episode = ResultOf<typeof alertEpisodesQuery>['alerts']['nodes'][number];
