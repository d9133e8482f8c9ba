import { missingInReport } from '../domain/customField.js';
import { DomainFailure } from '../domain/errors.js';
import type { Actor } from '../domain/event.js';
import type { Incident } from '../domain/incident.js';
import type { Severity } from '../domain/severity.js';
import type { IncidentReport } from '../domain/transition.js';
import { createIncident } from './incidentCommands.js';
import { checkedFields, type FieldChange } from './incidentEdit.js';
import { requiredType, typeDefinition } from './incidentType.js';
import type { Pool } from './pool.js';

/** What somebody reports; null takes what the type says. */
export interface Report extends Omit<IncidentReport, 'severity' | 'customFields' | 'isRestricted' | 'assignee'> {
  readonly severity: Severity | null;
  readonly isRestricted: boolean | null;
  readonly customFields: readonly FieldChange[];
  readonly assigneeId: number | null;
}

/**
 * An incident that a person reports, by the template of its type.
 * @throws DomainFailure INVALID_INPUT naming `type`, `assigneeId` or `customFields.<key>`
 */
export async function reportIncident(pool: Pool, report: Report, actor: Actor, now: number): Promise<Incident> {
  const type = await requiredType(pool, report.type);
  if (type.isArchived) throw wrong('type', `The type ${type.title} is archived: choose another.`);
  const definition = await typeDefinition(pool, type.key, type.version);
  const customFields = await checkedFields(pool, definition, {}, report.customFields);
  const missing = missingInReport(definition, customFields);
  if (missing !== null) throw new DomainFailure(missing);
  const { severity, isRestricted, assigneeId, ...rest } = report;
  const whole: IncidentReport = {
    ...rest,
    severity: severity ?? definition.defaultSeverity,
    isRestricted: isRestricted ?? type.isRestricted,
    customFields,
    assignee: assigneeId === null ? null : await handleOf(pool, assigneeId),
  };
  return createIncident(pool, whole, actor, now);
}

async function handleOf(pool: Pool, personId: number): Promise<string> {
  const { rows } = await pool.query<{ handle: string }>('select handle from person where id = $1 and is_active', [
    personId,
  ]);
  const [person] = rows;
  if (person === undefined) throw wrong('assigneeId', 'There is no such person.');
  return person.handle;
}

function wrong(field: string, message: string): DomainFailure {
  return new DomainFailure({ code: 'INVALID_INPUT', message, field });
}
