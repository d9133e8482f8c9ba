import type { FastifyInstance } from 'fastify';
import { calendarRoutes } from './calendarRoutes.js';
import { auditExportRoutes } from './auth/auditExport.js';
import { identityRoutes } from './auth/routes.js';
import { actRoutes } from './actRoutes.js';
import { slackRoutes } from './slackRoutes.js';
import { attachmentRoutes } from './work/attachmentRoutes.js';
import { statusRoutes } from './status/routes.js';
import { csatRoutes } from './review/csatRoutes.js';
import { exportRoutes } from './review/exportRoutes.js';
import type { Services } from './context.js';

export interface RouteDeps {
  readonly services: Services;
  /** Where the dashboard is, without a slash at the end. */
  readonly dashboardUrl: () => string;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** HTTP routes beside GraphQL: one line for each topic. They guard themselves. */
export async function topicRoutes(app: FastifyInstance, deps: RouteDeps): Promise<void> {
  await calendarRoutes(app, deps);
  await identityRoutes(app, deps);
  await actRoutes(app, deps);
  await slackRoutes(app, deps);
  await attachmentRoutes(app, deps);
  await statusRoutes(app, deps);
  await csatRoutes(app, deps);
  await exportRoutes(app, deps);
  await auditExportRoutes(app, deps);
}
