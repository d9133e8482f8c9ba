import { graphql } from '../../graphql/graphql.ts';

export const profileQuery = graphql(`
  query Profile {
    viewer {
      person {
        id
        name
        email
        timeZone
        hasPassword
        version
      }
    }
  }
`);

export const updateProfile = graphql(`
  mutation UpdateProfile($input: ProfileInput!) {
    updateProfile(input: $input) {
      id
      name
      email
      timeZone
      version
    }
  }
`);

export const changePassword = graphql(`
  mutation ChangePassword($current: String!, $new: String!) {
    changePassword(current: $current, new: $new)
  }
`);
