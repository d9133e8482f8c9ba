import type { KpiDefinition, KpiMetric } from './kpi.js';

type Definition = Omit<KpiDefinition, 'metric'>;

const incidentOpened = 'the incident’s opening';
const currentResolve = 'the resolve that stands; a reopened incident waits for its next one';
const receipt = 'the minute of receipt';

/** Incidents that were merged into another count nowhere: the one that goes on stands for them. */
const byMetric: Readonly<Record<KpiMetric, Definition>> = {
  MTTA: {
    name: 'Time to acknowledge',
    unit: 'SECONDS',
    definition:
      'From opening to the first acknowledge by a person. Incidents nobody has acknowledged are left out and counted beside it; dismissed ones are left out.',
    numerator: 'seconds from opening to first acknowledge',
    denominator: 'incidents opened and acknowledged',
    datedBy: incidentOpened,
    lowerIsBetter: true,
  },
  MTTR_FIRST: {
    name: 'Time to first resolve',
    unit: 'SECONDS',
    definition:
      'From opening to the first resolve, by a person or by itself. Dismissed incidents are left out and counted beside it.',
    numerator: 'seconds from opening to first resolve',
    denominator: 'incidents resolved for the first time',
    datedBy: 'the first resolve',
    lowerIsBetter: true,
  },
  MTTR_FINAL: {
    name: 'Time to resolve',
    unit: 'SECONDS',
    definition:
      'From opening to the resolve that stands, reopened time included, by a person or by itself. Dismissed incidents are left out and counted beside it.',
    numerator: 'seconds from opening to the resolve that stands',
    denominator: 'incidents resolved',
    datedBy: currentResolve,
    lowerIsBetter: true,
  },
  MTTD: {
    name: 'Time to detect',
    unit: 'SECONDS',
    definition:
      'From the start of the impact to the opening of the incident. Dismissed incidents had no impact: they are left out and counted beside it.',
    numerator: 'seconds from start of impact to opening',
    denominator: 'incidents opened',
    datedBy: incidentOpened,
    lowerIsBetter: true,
  },
  INCIDENTS_OPENED: {
    name: 'Incidents opened',
    unit: 'COUNT',
    definition: 'Incidents opened, dismissed ones included. Merged ones are left out and counted beside it.',
    numerator: 'incidents opened',
    denominator: null,
    datedBy: incidentOpened,
    lowerIsBetter: true,
  },
  INCIDENTS_RESOLVED: {
    name: 'Incidents resolved',
    unit: 'COUNT',
    definition: 'Incidents whose standing resolve lies in the period.',
    numerator: 'incidents resolved',
    denominator: null,
    datedBy: currentResolve,
    lowerIsBetter: false,
  },
  ALERTS_OPENED: {
    name: 'Alerts opened',
    unit: 'COUNT',
    definition: 'Episodes that began: what is left of the alerts received once repeats are folded together.',
    numerator: 'alerts opened',
    denominator: null,
    datedBy: receipt,
    lowerIsBetter: true,
  },
  ALERTS_RECEIVED: {
    name: 'Alerts received',
    unit: 'COUNT',
    definition: 'Every alert that a sender sent, repeats and resolves included. Test notifications do not count.',
    numerator: 'alerts received',
    denominator: null,
    datedBy: receipt,
    lowerIsBetter: true,
  },
  DEDUP_RATIO: {
    name: 'Deduplication',
    unit: 'RATIO',
    definition: 'The share of what was received that opened no new alert: 1 − alerts opened ÷ alerts received.',
    numerator: 'alerts received that opened no alert',
    denominator: 'alerts received',
    datedBy: receipt,
    lowerIsBetter: false,
  },
  COMPRESSION: {
    name: 'Compression',
    unit: 'RATIO',
    definition: 'How far alerts fold into incidents: 1 − incidents opened ÷ alerts opened.',
    numerator: 'alerts opened − incidents opened',
    denominator: 'alerts opened',
    datedBy: 'the minute of receipt of alerts, the opening of incidents',
    lowerIsBetter: false,
  },
  AUTO_RESOLVED_SHARE: {
    name: 'Resolved by themselves',
    unit: 'RATIO',
    definition: 'The share of resolved incidents that no person resolved.',
    numerator: 'incidents resolved by the system',
    denominator: 'incidents resolved',
    datedBy: currentResolve,
    lowerIsBetter: false,
  },
  FALSE_ALARM_SHARE: {
    name: 'False alarms',
    unit: 'RATIO',
    definition: 'The share of opened incidents that were dismissed as a false alarm.',
    numerator: 'incidents dismissed as a false alarm',
    denominator: 'incidents opened',
    datedBy: incidentOpened,
    lowerIsBetter: true,
  },
  REOPENING_RATE: {
    name: 'Reopened',
    unit: 'RATIO',
    definition: 'The share of resolved incidents that had been reopened at least once.',
    numerator: 'incidents resolved after at least one reopen',
    denominator: 'incidents resolved',
    datedBy: currentResolve,
    lowerIsBetter: true,
  },
};

export function kpiDefinition(metric: KpiMetric): KpiDefinition {
  return { metric, ...byMetric[metric] };
}
