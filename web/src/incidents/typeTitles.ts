import { graphql } from '../graphql/graphql.ts';

/** What the types of incidents are called, archived ones included: old incidents have them. */
export const typeTitlesQuery = graphql(`
  query TypeTitles {
    incidentTypes(isArchived: null) {
      key
      title
    }
  }
`);
