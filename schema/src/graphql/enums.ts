import './metadata.js';
import { GraphQLEnumType } from 'graphql';
import { registerEnumType } from 'type-graphql';
import { actionKinds } from '../domain/automation.js';
import { vanishReasons } from '../domain/alert.js';
import { dismissReasons, incidentPhases } from '../domain/incident.js';
import { backtestDifferenceKinds, backtestStates } from '../domain/ruleBacktest.js';
import { notifyModes, onMissingLabels, resolveModes } from '../domain/ruleInput.js';
import { maintenanceKinds, maintenanceStates } from '../domain/maintenance.js';
import { fieldKinds } from '../domain/incidentType.js';
import { incidentRoles } from '../domain/incidentRole.js';
import { roles } from '../domain/role.js';
import { severities } from '../domain/severity.js';
import { kpiDimensions, kpiMetrics } from '../domain/kpi.js';
import { sourceKinds } from '../domain/source.js';
import { eventKinds } from './eventKinds.js';

/** `customer_service` → `CUSTOMER_SERVICE`, `incident.alertJoined` → `INCIDENT_ALERT_JOINED`. */
export function upperCase(word: string): string {
  return word
    .replace(/[a-z](?=[A-Z])/g, '$&_')
    .replace(/\W/g, '_')
    .toUpperCase();
}

type EnumObject = Readonly<Record<string, string>>;

/** The GraphQL names of the domain's words: what a resolver returns and receives is the word itself. */
function enumOf(name: string, words: readonly string[]): EnumObject {
  const values = Object.fromEntries(words.map((word) => [upperCase(word), word]));
  registerEnumType(values, { name });
  return values;
}

/** An enum whose values are its own upper-case names. */
function plainEnum(name: string, names: readonly string[]): EnumObject {
  const values: EnumObject = Object.fromEntries(names.map((each) => [each, each]));
  registerEnumType(values, { name });
  return values;
}

export const SeverityEnum = enumOf('Severity', severities);
export const AlertStatusEnum = enumOf('AlertStatus', ['firing', 'resolved']);
export const IncidentPhaseEnum = enumOf('IncidentPhase', incidentPhases);
export const RoleEnum = enumOf('Role', roles);
export const IncidentRoleEnum = enumOf('IncidentRole', incidentRoles);
export const FieldKindEnum = enumOf('FieldKind', fieldKinds);
export const AutomationActionKindEnum = enumOf('AutomationActionKind', actionKinds);
export const AutomationRunStateEnum = enumOf('AutomationRunState', ['done', 'failed', 'refused']);
export const OpenTasksEnum = enumOf('OpenTasks', ['allowed', 'refused']);
export const DismissReasonEnum = enumOf('DismissReason', dismissReasons);
export const ActorKindEnum = enumOf('ActorKind', ['system', 'sender', 'person']);
export const SourceKindEnum = enumOf('SourceKind', sourceKinds);
export const StaleActionEnum = enumOf('StaleAction', ['keep', 'resolve']);
export const ResolveReasonEnum = enumOf('ResolveReason', ['sender', 'stale', 'superseded', 'person']);
export const ChangeKindEnum = enumOf('ChangeKind', ['added', 'changed', 'removed', 'moved']);
export const NotifyModeEnum = enumOf('NotifyMode', notifyModes);
export const OnMissingLabelEnum = enumOf('OnMissingLabel', onMissingLabels);
export const ResolveModeEnum = enumOf('ResolveMode', resolveModes);
export const BacktestStateEnum = enumOf('BacktestState', backtestStates);
export const BacktestDifferenceKindEnum = enumOf('BacktestDifferenceKind', backtestDifferenceKinds);
export const ProposalKindEnum = enumOf('ProposalKind', ['threshold', 'hold', 'silence']);
export const MaintenanceKindEnum = enumOf('MaintenanceKind', maintenanceKinds);
export const MaintenanceStateEnum = enumOf('MaintenanceState', maintenanceStates);
export const VanishReasonEnum = enumOf('VanishReason', vanishReasons);
export const EventKindEnum = enumOf('EventKind', eventKinds);

export const errorCodes = [
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'NOT_FOUND',
  'INVALID_INPUT',
  'EXPRESSION_INVALID',
  'CONFLICT',
  'IN_USE',
  'INVALID_TRANSITION',
  'CURSOR_EXPIRED',
  'QUERY_TOO_COMPLEX',
  'RATE_LIMITED',
  'OVERLOADED',
  'UNAVAILABLE',
  'INTERNAL',
] as const;
export type ErrorCode = (typeof errorCodes)[number];

const errorCodeDescriptions: Readonly<Partial<Record<ErrorCode, string>>> = {
  UNAUTHENTICATED: 'Nobody we know: sign in, or send an API token that works.',
  INVALID_INPUT: 'An argument is wrong; `extensions.field` names it.',
  EXPRESSION_INVALID:
    'An expression cannot be compiled; `extensions` hold its `field`, `position`, `line` and `column`, and the message why.',
  CONFLICT: 'Somebody changed the incident meanwhile: reload and decide again.',
  IN_USE: 'Something still uses what was to be deleted; `extensions.usedBy` names it.',
  INVALID_TRANSITION: "The incident's phase does not allow this command.",
  CURSOR_EXPIRED: "The cursor is older than the log's retention: refetch.",
  QUERY_TOO_COMPLEX: 'Deeper, longer or costlier than the limits allow.',
  UNAVAILABLE: 'ClickHouse or Postgres is away.',
  INTERNAL: 'Unexpected; `extensions.errorId` is in the log too.',
};

/** The values of `extensions.code`. No field has this type, so it is added to the schema by hand. */
export const ErrorCodeEnum = new GraphQLEnumType({
  name: 'ErrorCode',
  values: Object.fromEntries(errorCodes.map((code) => [code, { description: errorCodeDescriptions[code] ?? null }])),
});

export const matchOps = ['EQ', 'NOT_EQ', 'REGEX', 'NOT_REGEX'] as const;
export const MatchOpEnum = plainEnum('MatchOp', matchOps);
export const incidentSorts = ['NEWEST', 'OLDEST', 'SEVERITY', 'UPDATED'] as const;
export const IncidentSortEnum = plainEnum('IncidentSort', incidentSorts);
export const alertSorts = ['NEWEST', 'OLDEST', 'SEVERITY', 'LAST_RECEIVED'] as const;
export const AlertSortEnum = plainEnum('AlertSort', alertSorts);
export const IncidentFacetFieldEnum = plainEnum('IncidentFacetField', [
  'PHASE',
  'SEVERITY',
  'SERVICE',
  'ENVIRONMENT',
  'TEAM',
  'TYPE',
  'ASSIGNEE',
]);
export const KpiMetricEnum = plainEnum('KpiMetric', kpiMetrics);
export const KpiDimensionEnum = plainEnum('KpiDimension', kpiDimensions);
export const TimeBucketEnum = plainEnum('TimeBucket', ['MINUTE', 'HOUR', 'DAY', 'WEEK', 'MONTH']);
export const KpiUnitEnum = plainEnum('KpiUnit', ['SECONDS', 'COUNT', 'RATIO']);
