import type { Severity } from '../graphql/graphql.ts';
import type { IncidentRow } from '../graphql/incidentFields.ts';
import {
  acknowledgeIncident,
  assignIncident,
  changeIncidentSeverity,
  closeIncident,
  mitigateIncident,
  reopenIncident,
} from '../graphql/incidentMutations.ts';
import { canAcknowledge, canClose, canMitigate, canReopen, canResolve } from '../ui/incidentRules.ts';
import { resolveAsked } from '../ui/resolveAsked.ts';
import type { PermissionName } from '../session/viewer.ts';
import { severities, severityWords } from '../ui/words.ts';
import { wakeIncident } from './escalation/escalationQueries.ts';
import type { Act } from '../ui/useAct.ts';

export interface IncidentAction {
  readonly id: string;
  readonly label: string;
  readonly key?: string;
  readonly run: () => void;
}

type Incident = Pick<IncidentRow, 'id' | 'version' | 'reference' | 'phase' | 'firingAlertCount'>;

/** The steps that the phase allows and the viewer may, the next sensible one first. */
export function stepsOf(
  incident: Incident,
  act: Act,
  may: (permission: PermissionName) => boolean,
): readonly IncidentAction[] {
  const { id, version: expectedVersion, reference, phase, firingAlertCount } = incident;
  const variables = { id, expectedVersion };
  const steps: IncidentAction[] = [];
  const add = (isAllowed: boolean, action: IncidentAction) => {
    if (isAllowed) steps.push(action);
  };
  add(canAcknowledge(phase) && may('Mutation.acknowledgeIncident'), {
    id: 'acknowledge',
    label: 'Acknowledge',
    key: 'a',
    run: () => void act(acknowledgeIncident, variables, `${reference} acknowledged`),
  });
  add(canResolve(phase) && may('Mutation.resolveIncident'), {
    id: 'resolve',
    label: 'Resolve',
    key: 'r',
    run: () => void resolveAsked(incident, act),
  });
  add(canMitigate(phase) && may('Mutation.mitigateIncident'), {
    id: 'mitigate',
    label: 'Mitigate',
    key: 'm',
    run: () => void act(mitigateIncident, variables, `${reference} mitigated`),
  });
  const reopen: IncidentAction = {
    id: 'reopen',
    label: 'Reopen',
    run: () => void act(reopenIncident, variables, `${reference} reopened`),
  };
  // Where alerts still fire, going on is the next sensible step, not filing it away.
  const mayReopen = canReopen(phase) && may('Mutation.reopenIncident');
  add(mayReopen && firingAlertCount > 0, reopen);
  add(canClose(phase) && may('Mutation.closeIncident'), {
    id: 'close',
    label: 'Close',
    run: () => void act(closeIncident, variables, `${reference} closed`),
  });
  add(mayReopen && firingAlertCount === 0, reopen);
  return steps;
}

export function assign(incident: Incident, assignee: string | null, act: Act) {
  const done = assignee ? `${incident.reference} assigned to ${assignee}` : `${incident.reference} unassigned`;
  return act(assignIncident, { id: incident.id, assignee, expectedVersion: incident.version }, done);
}

export function changeSeverity(incident: Incident, severity: Severity, act: Act) {
  const done = `${incident.reference} is ${severityWords[severity].toLowerCase()} now`;
  return act(changeIncidentSeverity, { id: incident.id, severity, expectedVersion: incident.version }, done);
}

/** Every severity but the present one, each a step of its own. */
export function severityActions(
  incident: Incident & { readonly severity: Severity },
  act: Act,
): readonly IncidentAction[] {
  return severities
    .filter((severity) => severity !== incident.severity)
    .map((severity) => ({
      id: `severity.${severity}`,
      label: `Set the severity to ${severityWords[severity].toLowerCase()}`,
      run: () => void changeSeverity(incident, severity, act),
    }));
}

export function wakeAction({ id, reference }: Pick<Incident, 'id' | 'reference'>, act: Act): IncidentAction {
  return { id: 'wake', label: 'Wake', key: 'z', run: () => void act(wakeIncident, { id }, `${reference} is awake`) };
}

/** As the palette says it: "Acknowledge INC-12", "INC-12: Merge into…". */
export function commandLabel({ label }: Pick<IncidentAction, 'label'>, reference: string): string {
  return /^\w+$/.test(label) ? `${label} ${reference}` : `${reference}: ${label}`;
}
