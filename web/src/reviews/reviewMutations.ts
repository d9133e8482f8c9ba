import { graphql } from '../graphql/graphql.ts';
import { actionItemFields, reviewFields } from './reviewQueries.ts';

export const createItem = graphql(
  `
    mutation CreateActionItem($input: ActionItemInput!) {
      createActionItem(input: $input) {
        ...ActionItemFields
      }
    }
  `,
  [actionItemFields],
);
export const updateItem = graphql(
  `
    mutation UpdateActionItem($id: ID!, $input: ActionItemInput!, $expectedVersion: Int!) {
      updateActionItem(id: $id, input: $input, expectedVersion: $expectedVersion) {
        ...ActionItemFields
      }
    }
  `,
  [actionItemFields],
);
export const setItemState = graphql(
  `
    mutation SetActionItemState($id: ID!, $state: ActionItemState!) {
      setActionItemState(id: $id, state: $state) {
        ...ActionItemFields
      }
    }
  `,
  [actionItemFields],
);

export const startReview = graphql(
  `
    mutation StartReview($incidentId: ID!) {
      startReview(incidentId: $incidentId) {
        ...ReviewFields
      }
    }
  `,
  [reviewFields],
);
export const saveSection = graphql(`
  mutation SaveReviewSection($id: ID!, $name: ReviewSectionName!, $text: String!, $expectedVersion: Int!) {
    saveReviewSection(id: $id, name: $name, text: $text, expectedVersion: $expectedVersion) {
      name
      version
      text
      updatedBy
      updatedAt
    }
  }
`);
export const saveDetails = graphql(
  `
    mutation SaveReviewDetails($id: ID!, $input: ReviewDetailsInput!, $expectedVersion: Int!) {
      saveReviewDetails(id: $id, input: $input, expectedVersion: $expectedVersion) {
        ...ReviewFields
      }
    }
  `,
  [reviewFields],
);
export const submitReview = graphql(
  `
    mutation SubmitReview($id: ID!, $expectedVersion: Int!) {
      submitReview(id: $id, expectedVersion: $expectedVersion) {
        ...ReviewFields
      }
    }
  `,
  [reviewFields],
);
export const returnReview = graphql(
  `
    mutation ReturnReview($id: ID!, $comment: String!) {
      returnReview(id: $id, comment: $comment) {
        ...ReviewFields
      }
    }
  `,
  [reviewFields],
);
export const publishReview = graphql(
  `
    mutation PublishReview($id: ID!, $expectedVersion: Int!) {
      publishReview(id: $id, expectedVersion: $expectedVersion) {
        ...ReviewFields
      }
    }
  `,
  [reviewFields],
);
