import { incidentRoute } from '../incident/route.ts';
import { incidentsRoute } from '../incidents/route.ts';
import { overviewRoute } from '../overview/route.ts';

/** Every screen: one folder, one line here. The order is that of the navigation. */
export const screens = [
  overviewRoute,
  incidentsRoute,
  incidentRoute,
  // The next screen goes here.
] as const;
