import type { SourceKind } from '@tocsin/schema/domain/source';

/** One alert of the demo: which condition, and when it fires and ends, in seconds from the start of the demo. */
export interface DemoAlert {
  readonly service: string;
  readonly name: string;
  readonly severity: 'critical' | 'high' | 'warning' | 'info';
  readonly summary: string;
  /** Firing intervals; the last may be open until the end of the demo. */
  readonly fires: readonly (readonly [from: number, to: number])[];
  readonly source: Extract<SourceKind, 'alertmanager' | 'signoz'>;
  readonly labels?: Readonly<Record<string, string>>;
}

/** How long the demo plays, seconds. */
export const demoSeconds = 600;

/**
 * Ten minutes of a fictitious ticket shop: the payment database fills up and takes checkout along, a deploy breaks
 * search, a mail queue flaps, a certificate is about to expire, and the usual noise goes on beside it.
 */
export const demoAlerts: readonly DemoAlert[] = [
  {
    service: 'mailer',
    name: 'MailQueueGrowing',
    severity: 'warning',
    summary: 'More than 500 mails wait to be sent',
    fires: [
      [5, 70],
      [130, 190],
      [260, 330],
    ],
    source: 'alertmanager',
  },
  {
    service: 'edge',
    name: 'CertificateExpiresSoon',
    severity: 'info',
    summary: 'The certificate of tickets.example expires in 13 days',
    fires: [[12, 600]],
    source: 'alertmanager',
  },
  {
    service: 'payments',
    name: 'DiskAlmostFull',
    severity: 'warning',
    summary: 'payments-db has 6 % of its disk left',
    fires: [[30, 420]],
    source: 'alertmanager',
    labels: { volume: '/var/lib/postgresql', instance: 'payments-db-0' },
  },
  {
    service: 'payments',
    name: 'DatabaseWritesFail',
    severity: 'critical',
    summary: 'payments-db refuses writes: no space left on device',
    fires: [[75, 390]],
    source: 'alertmanager',
    labels: { instance: 'payments-db-0' },
  },
  {
    service: 'payments',
    name: 'ErrorRateHigh',
    severity: 'critical',
    summary: '38 % of the payment requests fail',
    fires: [[90, 400]],
    source: 'signoz',
  },
  {
    service: 'checkout',
    name: 'LatencyHigh',
    severity: 'high',
    summary: 'p99 of POST /orders is 4.8 s',
    fires: [[105, 410]],
    source: 'signoz',
  },
  {
    service: 'checkout',
    name: 'OrdersDropped',
    severity: 'critical',
    summary: 'Orders per minute are 71 % below the usual for this hour',
    fires: [[140, 430]],
    source: 'alertmanager',
  },
  {
    service: 'storefront',
    name: 'ErrorBudgetBurn',
    severity: 'high',
    summary: 'The storefront burns its error budget 14 times too fast',
    fires: [[170, 440]],
    source: 'alertmanager',
  },
  {
    service: 'search',
    name: 'PodCrashLooping',
    severity: 'high',
    summary: 'search-api restarts over and over since its last deploy',
    fires: [[235, 350]],
    source: 'alertmanager',
    labels: { pod: 'search-api-6c9f7d-x2k8p', version: '2026.11.4' },
  },
  {
    service: 'search',
    name: 'NoHealthyReplicas',
    severity: 'critical',
    summary: 'No replica of search-api is ready',
    fires: [[250, 345]],
    source: 'alertmanager',
  },
  {
    service: 'recommendations',
    name: 'CacheMissRateHigh',
    severity: 'warning',
    summary: '62 % of the lookups miss the cache',
    fires: [[300, 470]],
    source: 'signoz',
  },
  {
    service: 'batch',
    name: 'NightlyExportLate',
    severity: 'info',
    summary: 'The nightly export has not finished after 3 hours',
    fires: [[360, 520]],
    source: 'alertmanager',
  },
  {
    service: 'gateway',
    name: 'TooManyConnections',
    severity: 'warning',
    summary: 'gateway-1 holds 9,200 of 10,000 connections',
    fires: [
      [410, 450],
      [480, 540],
    ],
    source: 'alertmanager',
    labels: { instance: 'gateway-1' },
  },
];
