export interface SentAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly startsAt: string;
  readonly endsAt?: string;
  /** The sender's own. */
  readonly fingerprint?: string;
}

/** A webhook body of Alertmanager, version 4. An alert with an end is resolved. */
export function alertmanagerBody(...alerts: readonly SentAlert[]): unknown {
  return {
    version: '4',
    receiver: 'tocsin',
    status: alerts.some((alert) => alert.endsAt === undefined) ? 'firing' : 'resolved',
    groupKey: '{}:{alertname="Test"}',
    groupLabels: {},
    commonLabels: {},
    commonAnnotations: {},
    externalURL: 'http://alertmanager.example',
    truncatedAlerts: 0,
    alerts: alerts.map((alert) => ({
      status: alert.endsAt === undefined ? 'firing' : 'resolved',
      labels: alert.labels,
      annotations: alert.annotations ?? {},
      startsAt: alert.startsAt,
      endsAt: alert.endsAt ?? '0001-01-01T00:00:00Z',
      generatorURL: '',
      ...(alert.fingerprint === undefined ? {} : { fingerprint: alert.fingerprint }),
    })),
  };
}
