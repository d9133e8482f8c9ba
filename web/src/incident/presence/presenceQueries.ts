import { graphql } from '../../graphql/graphql.ts';

export const followersQuery = graphql(`
  query IncidentFollowers($id: ID!) {
    incident(id: $id) {
      id
      subscribers {
        id
        name
      }
    }
  }
`);

export const presenceSubscription = graphql(`
  subscription IncidentPresence($incidentId: ID!) {
    incidentPresence(incidentId: $incidentId) {
      incidentId
      present {
        isTyping
        person {
          id
          name
        }
      }
    }
  }
`);

export const showPresence = graphql(`
  mutation ShowPresence($incidentId: ID!, $isTyping: Boolean!) {
    showPresence(incidentId: $incidentId, isTyping: $isTyping)
  }
`);

export const subscribeToIncident = graphql(`
  mutation SubscribeToIncident($id: ID!, $isSubscribed: Boolean!) {
    subscribeToIncident(id: $id, isSubscribed: $isSubscribed) {
      id
      isSubscribed
      subscribers {
        id
        name
      }
    }
  }
`);
