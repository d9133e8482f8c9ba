import { alertsRoute } from '../alerts/route.ts';
import { analyticsRoute } from '../analytics/route.ts';
import { incidentRoute } from '../incident/route.ts';
import { incidentsRoute } from '../incidents/route.ts';
import { integrationRoute, integrationsRoute, mappingRoute, newIntegrationRoute } from '../integrations/route.ts';
import { maintenanceRoute } from '../maintenance/route.ts';
import { overviewRoute } from '../overview/route.ts';
import { rulesRoute } from '../rules/route.ts';
import { serviceRoute, servicesRoute } from '../services/route.ts';

/** Every screen: one folder, one line here. The order is that of the navigation. */
export const screens = [
  overviewRoute,
  incidentsRoute,
  incidentRoute,
  alertsRoute,
  servicesRoute,
  serviceRoute,
  analyticsRoute,
  rulesRoute,
  maintenanceRoute,
  integrationsRoute,
  newIntegrationRoute,
  integrationRoute,
  mappingRoute,
  // The next screen goes here.
] as const;
