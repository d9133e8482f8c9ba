import type { ResultOf } from 'gql.tada';
import { graphql } from '../graphql/graphql.ts';

export const actionItemFields = graphql(`
  fragment ActionItemFields on ActionItem {
    id
    version
    title
    description
    kind
    state
    dueOn
    ticketUrl
    createdBy
    createdAt
    doneAt
    ageDays
    isOverdue
    owner {
      id
      handle
      name
    }
    incident {
      id
      number
      reference
      title
    }
  }
`);
export type ActionItem = ResultOf<typeof actionItemFields>;
export type ActionItemState = ActionItem['state'];
export type ActionItemKind = ActionItem['kind'];

export const reviewFields = graphql(`
  fragment ReviewFields on Review {
    id
    version
    state
    title
    isRequired
    dueAt
    submittedAt
    publishedAt
    publishedBy
    author {
      id
      handle
      name
    }
    reviewer {
      id
      handle
      name
    }
    sections {
      name
      version
      text
      updatedBy
      updatedAt
    }
    whys {
      id
      parentId
      question
      answer
    }
    factors {
      category
      text
    }
    impact {
      customers
      requests
      revenue
      durationSeconds
      text
    }
    timeline {
      occurredAt
      text
      eventId
    }
  }
`);
export type Review = ResultOf<typeof reviewFields>;
export type ReviewSection = Review['sections'][number];
export type Why = Review['whys'][number];
export type ActionItemFilter = ReturnType<typeof graphql.scalar<'ActionItemFilter'>>;
export type ReviewFilter = ReturnType<typeof graphql.scalar<'ReviewFilter'>>;
export type ReviewDetails = ReturnType<typeof graphql.scalar<'ReviewDetailsInput'>>;

export const incidentReviewQuery = graphql(
  `
    query IncidentReview($id: ID!) {
      incident(id: $id) {
        id
        number
        reference
        phase
        severity
        reviewIsRequired
        review {
          ...ReviewFields
        }
      }
    }
  `,
  [reviewFields],
);

export const incidentItemsQuery = graphql(
  `
    query IncidentActionItems($id: ID!) {
      incident(id: $id) {
        id
        actionItems {
          ...ActionItemFields
        }
      }
    }
  `,
  [actionItemFields],
);

export const actionItemsQuery = graphql(
  `
    query ActionItems($filter: ActionItemFilter, $after: Cursor) {
      actionItems(filter: $filter, first: 100, after: $after) {
        nodes {
          ...ActionItemFields
        }
        pageInfo {
          hasNextPage
          endCursor
        }
        totalCount {
          value
          isExact
        }
      }
    }
  `,
  [actionItemFields],
);

export const reviewsQuery = graphql(`
  query Reviews($filter: ReviewFilter, $after: Cursor) {
    reviews(filter: $filter, first: 50, after: $after) {
      nodes {
        id
        state
        title
        isRequired
        dueAt
        publishedAt
        author {
          id
          name
        }
        reviewer {
          id
          name
        }
        sections {
          name
          text
        }
        incident {
          id
          number
          reference
          severity
          services
        }
        actionItems {
          id
          state
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
      totalCount {
        value
        isExact
      }
    }
  }
`);
export type ListedReview = ResultOf<typeof reviewsQuery>['reviews']['nodes'][number];

export const peopleToAskQuery = graphql(`
  query PeopleToAsk {
    people {
      id
      handle
      name
    }
  }
`);
