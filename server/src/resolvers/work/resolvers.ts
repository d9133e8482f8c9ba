import { IncidentCollaborationResolver, PresenceResolver } from './incidentCollaboration.js';
import { NotesResolver, PinsResolver, TimelineNotesResolver } from './notes.js';
import { IncidentRunbooksResolver, RunbooksResolver, ServiceRunbooksResolver } from './runbooks.js';
import { StatusComponentResolver, StatusPageResolver } from './statusPage.js';
import { LinksResolver, TasksResolver } from './tasks.js';
import { UpdatesResolver } from './updates.js';
import { SavedViewsResolver } from './views.js';

export const workResolvers = [
  NotesResolver,
  PinsResolver,
  TimelineNotesResolver,
  TasksResolver,
  LinksResolver,
  IncidentCollaborationResolver,
  PresenceResolver,
  RunbooksResolver,
  IncidentRunbooksResolver,
  ServiceRunbooksResolver,
  UpdatesResolver,
  StatusPageResolver,
  StatusComponentResolver,
  SavedViewsResolver,
] as const;
