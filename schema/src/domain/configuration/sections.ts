/** What a file may hold beside rules, maintenance windows and services, in the order in which it is written. */
export const furtherSections = [
  'teams',
  'schedules',
  'escalationPolicies',
  'channels',
  'incidentTypes',
  'priorityMatrix',
  'severityCriteria',
  'messageTemplates',
  'runbooks',
  'automation',
  'statusPage',
] as const;
