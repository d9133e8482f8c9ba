/** What somebody is to one incident. */
export const incidentRoles = ['reporter', 'manager', 'responder', 'communications', 'reviewer'] as const;
export type IncidentRole = (typeof incidentRoles)[number];
