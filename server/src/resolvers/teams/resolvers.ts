import { CalendarFeedsResolver } from './calendarFeeds.js';
import { IncidentOwnerResolver, OverviewOnCallResolver, ServiceOwnerResolver } from './ownership.js';
import { EscalationTargetFieldsResolver, PoliciesResolver } from './policies.js';
import { ScheduleMutationsResolver } from './scheduleMutations.js';
import { ScheduleOverrideFieldsResolver, SchedulesResolver, ShiftFieldsResolver } from './schedules.js';
import { TeamsResolver } from './teams.js';

export const teamResolvers = [
  TeamsResolver,
  SchedulesResolver,
  ShiftFieldsResolver,
  ScheduleOverrideFieldsResolver,
  ScheduleMutationsResolver,
  PoliciesResolver,
  EscalationTargetFieldsResolver,
  IncidentOwnerResolver,
  ServiceOwnerResolver,
  OverviewOnCallResolver,
  CalendarFeedsResolver,
] as const;
