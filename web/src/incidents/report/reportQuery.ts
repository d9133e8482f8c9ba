import type { ResultOf } from 'gql.tada';
import { graphql } from '../../graphql/graphql.ts';

/** What the report asks for, by type, and what makes a severity what it is. */
export const reportQuery = graphql(`
  query ReportTemplate {
    serviceNames
    incidentTypes {
      key
      title
      isRestricted
      version
      definition {
        defaultSeverity
        fields {
          key
          title
          kind
          choices
          reportOrder
          isRequiredInReport
        }
      }
    }
    severityCriteria {
      severity
      criteria
    }
  }
`);

export type ReportTemplate = ResultOf<typeof reportQuery>;
export type ReportType = ReportTemplate['incidentTypes'][number];
export type FieldDefinition = ReportType['definition']['fields'][number];

/** The fields that the report of this type asks for, in their order. */
export function reportFields(type: ReportType | undefined): readonly FieldDefinition[] {
  return (type?.definition.fields ?? [])
    .filter(({ reportOrder }) => reportOrder !== null)
    .toSorted((a, b) => (a.reportOrder ?? 0) - (b.reportOrder ?? 0));
}
