import { cacheExchange, type KeyingConfig } from '@urql/exchange-graphcache';

const embedded = () => null;

/** Types without an id of their own live inside their parent. */
const keys: KeyingConfig = {
  Actor: embedded,
  AlertConnection: embedded,
  AlertEdge: embedded,
  AlertEventEdge: embedded,
  DeadLetterConnection: embedded,
  DeadLetterEdge: embedded,
  DeliveryEvent: embedded,
  Explanation: embedded,
  Facet: embedded,
  FacetValue: embedded,
  IncidentConnection: embedded,
  IncidentEdge: embedded,
  IncidentEventEdge: embedded,
  IntegrationWithSecret: embedded,
  KpiBreakdown: embedded,
  KpiBreakdownRow: embedded,
  KpiDefinition: embedded,
  KpiPoint: embedded,
  KpiPrevious: embedded,
  KpiSeries: embedded,
  KpiTick: embedded,
  KpiValue: embedded,
  Label: embedded,
  LabelAlias: embedded,
  Link: embedded,
  NoiseFunnel: embedded,
  OutcomeCount: embedded,
  Overview: embedded,
  PageInfo: embedded,
  Snippet: embedded,
  SystemStatus: embedded,
  TimelineConnection: embedded,
  TimelineEdge: embedded,
  TotalCount: embedded,
};

/** One normalised copy of every incident and alert: a live event updates each place that shows it. */
export const cache = () => cacheExchange({ keys });
