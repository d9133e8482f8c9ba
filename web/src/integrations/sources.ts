import {
  IconBell,
  IconBraces,
  IconBug,
  IconCloud,
  IconCloudDataConnection,
  IconFlame,
  IconGauge,
  type Icon,
  IconPaw,
  IconPhoneCall,
  IconTelescope,
} from '@tabler/icons-react';
import type { graphql } from '../graphql/graphql.ts';

export type SourceKind = ReturnType<typeof graphql.scalar<'SourceKind'>>;

interface Source {
  readonly kind: SourceKind;
  readonly name: string;
  readonly icon: Icon;
  /** When to pick it. */
  readonly about: string;
  /** It signs what it sends, with a secret of its own. */
  readonly isSigned?: true;
  /** Its API can be asked which alerts there are; the address to name. */
  readonly apiExample?: string;
  /** Its bodies have any shape: a mapping says where the fields stand. */
  readonly isMapped?: true;
}

export const sources: readonly Source[] = [
  {
    kind: 'ALERTMANAGER',
    name: 'Alertmanager',
    icon: IconBell,
    about: 'You run Alertmanager: a webhook receiver beside the ones you have.',
    apiExample: 'http://alertmanager:9093',
  },
  {
    kind: 'PROMETHEUS',
    name: 'Prometheus',
    icon: IconFlame,
    about: 'Prometheus, vmalert or a Loki ruler send here directly, as to an Alertmanager.',
    apiExample: 'http://prometheus:9090',
  },
  {
    kind: 'SIGNOZ',
    name: 'SigNoz',
    icon: IconTelescope,
    about: 'A webhook notification channel of SigNoz.',
    apiExample: 'http://signoz:8080',
  },
  {
    kind: 'GRAFANA',
    name: 'Grafana',
    icon: IconGauge,
    about: 'A webhook contact point of Grafana alerting, signed if you like.',
    isSigned: true,
  },
  {
    kind: 'PAGERDUTY',
    name: 'PagerDuty Events',
    icon: IconPhoneCall,
    about: 'Anything that speaks PagerDuty Events v2, deploys included: only its address changes.',
  },
  { kind: 'DATADOG', name: 'Datadog', icon: IconPaw, about: 'A webhook of Datadog monitors, with our template.' },
  {
    kind: 'SENTRY',
    name: 'Sentry',
    icon: IconBug,
    about: 'Issue and metric alerts of an internal integration of Sentry.',
    isSigned: true,
  },
  {
    kind: 'CLOUDWATCH',
    name: 'CloudWatch',
    icon: IconCloud,
    about: 'Alarms of AWS CloudWatch, through an SNS topic that confirms itself.',
  },
  {
    kind: 'CLOUDEVENTS',
    name: 'CloudEvents',
    icon: IconCloudDataConnection,
    about: 'An event broker that delivers CloudEvents 1.0 over HTTP.',
    isMapped: true,
  },
  {
    kind: 'GENERIC',
    name: 'Generic JSON',
    icon: IconBraces,
    about: 'Anything that can send an HTTP request: a script, a cron job, a CI run. You say where its fields stand.',
    isMapped: true,
  },
];

export function sourceOf(kind: SourceKind): Source {
  const found = sources.find((source) => source.kind === kind);
  if (!found) throw new Error(`${kind} has no entry among the sources`);
  return found;
}
