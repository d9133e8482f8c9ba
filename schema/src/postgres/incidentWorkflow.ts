import { closingObstacles, type ClosingFacts } from '../domain/closing.js';
import { DomainFailure } from '../domain/errors.js';
import type { Incident } from '../domain/incident.js';
import type { IncidentTypeDefinition } from '../domain/incidentType.js';
import { isAtLeast, type Role, type Viewer } from '../domain/role.js';
import { nameKey } from '../domain/service.js';
import type { IncidentCommand } from '../domain/transition.js';
import { planStatus, statusAfter, type WorkflowPhase } from '../domain/workflow.js';
import { closingFacts } from './closingFacts.js';
import { roleObstacles } from './incidentRole.js';
import { typeDefinition } from './incidentType.js';
import type { Queryable } from './pool.js';

/** Acknowledging is not among them: who was woken takes it on, whatever the workflow says. */
const phaseOf: ReadonlyMap<IncidentCommand['type'], WorkflowPhase> = new Map([
  ['triage', 'triaged'],
  ['mitigate', 'mitigated'],
  ['resolve', 'resolved'],
  ['reopen', 'acknowledged'],
  ['close', 'closed'],
]);

/**
 * Refuses a command of a person that the type's workflow has no way for, or whose requirements are not met.
 * @throws DomainFailure INVALID_TRANSITION, INVALID_INPUT naming the field that is missing
 */
export async function assertWorkflow(
  db: Queryable,
  incident: Incident,
  command: IncidentCommand,
  viewer: Viewer,
): Promise<void> {
  const phase = phaseOf.get(command.type);
  // What `transition` refuses or takes for done is not for the workflow to say.
  if (phase === undefined || incident.phase === phase || hasNoStatus(incident)) return;
  const definition = await typeDefinition(db, incident.type, incident.typeVersion);
  const hasStatus = definition.workflow.statuses.some((status) => status.phase === phase);
  if (!hasStatus || !mayLead(incident, command.type)) return;
  const to = statusAfter(definition.workflow, incident.status, phase);
  const role = atLeast(await roleOn(db, viewer, incident), 'responder');
  const plan = planStatus(definition, incident, to, role, await allClosingFacts(db, incident, definition));
  if (!plan.ok) throw new DomainFailure(plan.error);
}

function hasNoStatus({ phase }: Incident): boolean {
  return phase === 'merged' || phase === 'dismissed';
}

/** Else `transition` says better what is wrong: an open incident is not closed, an ended one not resolved. */
function mayLead({ phase }: Incident, command: IncidentCommand['type']): boolean {
  const isOpen = phase !== 'resolved' && phase !== 'closed';
  if (command === 'close') return phase === 'resolved';
  if (command === 'triage') return phase === 'detected';
  return command === 'reopen' ? !isOpen : isOpen;
}

export async function allClosingFacts(
  db: Queryable,
  incident: Incident,
  definition: IncidentTypeDefinition,
): Promise<ClosingFacts> {
  // One after the other: in a transaction there is one connection.
  const facts = await closingFacts(db, incident.id);
  return { ...facts, ...(await roleObstacles(db, incident, definition)) };
}

/** What keeps it from being closed, beside being open. */
export async function obstaclesOf(
  db: Queryable,
  incident: Incident,
  definition: IncidentTypeDefinition,
): Promise<readonly string[]> {
  return closingObstacles(definition, incident, await allClosingFacts(db, incident, definition));
}

/** The highest role that somebody has about an incident: global, in its team, as one who works on it or reported it. */
export async function roleOn(db: Queryable, viewer: Viewer, incident: Incident): Promise<Role> {
  const inTeam = incident.team === null ? undefined : viewer.teamRoles.get(nameKey(incident.team));
  const role = inTeam === undefined ? viewer.role : atLeast(viewer.role, inTeam);
  if (isAtLeast(role, 'responder')) return role;
  if (incident.assignee === viewer.handle || (await worksOn(db, viewer, incident.id))) return 'responder';
  return incident.reporter === viewer.handle ? atLeast(role, 'reporter') : role;
}

async function worksOn(db: Queryable, { personId }: Viewer, incidentId: number): Promise<boolean> {
  const { rowCount } = await db.query(
    `select 1 from incident_role where incident_id = $1 and person_id = $2 and role <> 'reporter' limit 1`,
    [incidentId, personId],
  );
  return (rowCount ?? 0) > 0;
}

function atLeast(role: Role, least: Role): Role {
  return isAtLeast(role, least) ? role : least;
}
