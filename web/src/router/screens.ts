import { alertsRoute } from '../alerts/route.ts';
import { analyticsRoute } from '../analytics/route.ts';
import { incidentRoute } from '../incident/route.ts';
import { incidentsRoute } from '../incidents/route.ts';
import { integrationRoute, integrationsRoute, newIntegrationRoute } from '../integrations/route.ts';
import { overviewRoute } from '../overview/route.ts';

/** Every screen: one folder, one line here. The order is that of the navigation. */
export const screens = [
  overviewRoute,
  incidentsRoute,
  incidentRoute,
  alertsRoute,
  analyticsRoute,
  integrationsRoute,
  newIntegrationRoute,
  integrationRoute,
  // The next screen goes here.
] as const;
