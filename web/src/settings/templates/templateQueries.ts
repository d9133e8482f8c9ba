import type { ResultOf } from 'gql.tada';
import { graphql } from '../../graphql/graphql.ts';

export const templatesQuery = graphql(`
  query MessageTemplates {
    messageTemplates {
      id
      kind
      key
      type
      title
      body
      version
      isBuiltIn
    }
  }
`);

export type TemplateRow = ResultOf<typeof templatesQuery>['messageTemplates'][number];

export const previewQuery = graphql(`
  query PreviewTemplate($input: MessageTemplateInput!) {
    previewTemplate(input: $input) {
      title
      body
      error
    }
  }
`);

export const saveTemplate = graphql(`
  mutation SaveMessageTemplate($input: MessageTemplateInput!, $expectedVersion: Int) {
    saveMessageTemplate(input: $input, expectedVersion: $expectedVersion) {
      id
      version
    }
  }
`);

export const deleteTemplate = graphql(`
  mutation DeleteMessageTemplate($id: ID!) {
    deleteMessageTemplate(id: $id)
  }
`);
