import { alertsRoute } from '../alerts/route.ts';
import { analyticsRoute } from '../analytics/route.ts';
import { incidentRoute } from '../incident/route.ts';
import { incidentsRoute } from '../incidents/route.ts';
import { integrationRoute, integrationsRoute, mappingRoute, newIntegrationRoute } from '../integrations/route.ts';
import { maintenanceRoute } from '../maintenance/route.ts';
import { onCallRoute, policiesRoute, policyRoute, scheduleRoute } from '../oncall/route.ts';
import { overviewRoute } from '../overview/route.ts';
import { actionItemsRoute, reviewsRoute } from '../reviews/route.ts';
import { rulesRoute } from '../rules/route.ts';
import { runbookRoute, runbooksRoute } from '../runbooks/route.ts';
import { statusPageRoute } from '../statusPage/route.ts';
import { meRoute } from '../me/route.ts';
import { serviceRoute, servicesRoute } from '../services/route.ts';
import { settingsRoute, settingsSectionRoute } from '../settings/route.ts';
import { signInRoute } from '../signIn/route.ts';

/** Every screen: one folder, one line here. The order is that of the navigation. */
export const screens = [
  overviewRoute,
  incidentsRoute,
  incidentRoute,
  alertsRoute,
  onCallRoute,
  scheduleRoute,
  policiesRoute,
  policyRoute,
  servicesRoute,
  serviceRoute,
  analyticsRoute,
  reviewsRoute,
  actionItemsRoute,
  rulesRoute,
  runbooksRoute,
  runbookRoute,
  statusPageRoute,
  maintenanceRoute,
  integrationsRoute,
  newIntegrationRoute,
  integrationRoute,
  mappingRoute,
  settingsRoute,
  settingsSectionRoute,
  meRoute,
  signInRoute,
  // The next screen goes here.
] as const;
