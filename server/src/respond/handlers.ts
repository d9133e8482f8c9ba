import { escalationHandler } from './escalation/handler.js';
import { snoozeHandler } from './escalation/snooze.js';
import { automationHandler } from './types/handler.js';
import { workHandler } from './work/handler.js';
import type { LogHandler, RespondDeps } from './handler.js';
import { notifyHandler } from './notify/handler.js';
import { reviewHandler } from './review/handler.js';

/** Who acts on the log, in this order: later ones see what earlier ones did. */
export function createHandlers(deps: RespondDeps): readonly LogHandler[] {
  return [workHandler, automationHandler, snoozeHandler(), escalationHandler(), notifyHandler(), reviewHandler(deps)];
}
