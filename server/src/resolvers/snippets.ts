import type { SourceKind } from '@tocsin/schema/domain/source';
import { cloudeventsSnippets, cloudwatchSnippets, datadogSnippets, sentrySnippet } from './cloudSnippets.js';

export interface Snippet {
  readonly title: string;
  readonly language: string;
  readonly code: string;
  readonly explanation: string;
}

/** What to paste into the sender; `{{secret}}` stands where the secret goes. @param ingestUrl without a slash at its end */
export function snippetsOf(source: SourceKind, ingestUrl: string): readonly Snippet[] {
  switch (source) {
    case 'alertmanager':
      return [alertmanager(ingestUrl)];
    case 'prometheus':
      return [prometheus(ingestUrl)];
    case 'signoz':
      return [signoz(ingestUrl)];
    case 'generic':
      return [curl(ingestUrl)];
    case 'grafana':
      return [grafana(ingestUrl)];
    case 'pagerduty':
      return [pagerduty(ingestUrl), pagerdutyOfAlertmanager(ingestUrl)];
    case 'datadog':
      return datadogSnippets(ingestUrl);
    case 'sentry':
      return [sentrySnippet(ingestUrl)];
    case 'cloudwatch':
      return cloudwatchSnippets(ingestUrl);
    case 'cloudevents':
      return cloudeventsSnippets(ingestUrl);
  }
}

function alertmanager(ingestUrl: string): Snippet {
  return {
    title: 'alertmanager.yml',
    language: 'yaml',
    code: `route:
  receiver: tocsin
  group_by: ['...'] # Tocsin groups; waiting here only delays
  group_wait: 1s
  group_interval: 10s
receivers:
  - name: tocsin
    webhook_configs:
      - url: ${ingestUrl}/webhooks/alertmanager
        send_resolved: true
        http_config:
          authorization:
            type: Bearer
            credentials: '{{secret}}'
`,
    explanation:
      'Add the receiver, route to it, and reload Alertmanager. Resolved notifications close the alerts. Its own defaults wait up to five minutes before they tell of another alert of a group.',
  };
}

function prometheus(ingestUrl: string): Snippet {
  const { protocol, host } = new URL(ingestUrl);
  return {
    title: 'prometheus.yml',
    language: 'yaml',
    code: `alerting:
  alertmanagers:
    - scheme: ${protocol.replace(':', '')}
      api_version: v2
      authorization:
        type: Bearer
        credentials: '{{secret}}'
      static_configs:
        - targets: ['${host}']
`,
    explanation: 'Prometheus sends here as it would to an Alertmanager; both can stand side by side.',
  };
}

function signoz(ingestUrl: string): Snippet {
  return {
    title: 'SigNoz: Settings → Notification Channels → New → Webhook',
    language: 'text',
    code: `Webhook URL: ${ingestUrl}/webhooks/signoz
Username:    tocsin
Password:    {{secret}}
`,
    explanation: 'Save, press Test, and watch the test notification arrive on this page; it opens no alert.',
  };
}

function grafana(ingestUrl: string): Snippet {
  return {
    title: 'Grafana: Alerting → Contact points → Add → Webhook',
    language: 'text',
    code: `URL:                             ${ingestUrl}/webhooks/grafana
HTTP Method:                     POST
Authorization Header - Scheme:   Bearer
Authorization Header - Cred.:    {{secret}}

HMAC signature (optional):
  Secret:            the same as under "signing secret" on this page
  Header:            X-Grafana-Alerting-Signature
  Timestamp header:  X-Grafana-Alerting-Timestamp
`,
    explanation:
      'Save, press Test, and watch the test notification arrive on this page; it opens no alert. With a signing secret set here, requests without its signature are refused.',
  };
}

function pagerduty(ingestUrl: string): Snippet {
  return {
    title: 'Any client of PagerDuty Events API v2',
    language: 'shell',
    code: `curl -X POST ${ingestUrl}/v2/enqueue \\
  -H 'Content-Type: application/json' \\
  -d '{"routing_key":"{{secret}}","event_action":"trigger","dedup_key":"db-1-disk",
       "payload":{"summary":"Disk is full on db-1","source":"db-1","severity":"error","component":"billing"}}'
`,
    explanation:
      'Point the client at this server instead of events.pagerduty.com; the secret is the routing key. "resolve" with the same dedup_key closes the alert, "acknowledge" acknowledges its incident. Deploys go to /v2/change/enqueue.',
  };
}

function pagerdutyOfAlertmanager(ingestUrl: string): Snippet {
  return {
    title: 'alertmanager.yml, where it speaks PagerDuty already',
    language: 'yaml',
    code: `receivers:
  - name: tocsin
    pagerduty_configs:
      - url: ${ingestUrl}/v2/enqueue
        routing_key: '{{secret}}'
`,
    explanation: 'The webhook of an Alertmanager integration carries more: PagerDuty events have one alert per group.',
  };
}

function curl(ingestUrl: string): Snippet {
  return {
    title: 'Any program',
    language: 'shell',
    code: `curl -X POST ${ingestUrl}/webhooks/generic \\
  -H 'Authorization: Bearer {{secret}}' \\
  -H 'Content-Type: application/json' \\
  -d '{"title":"Disk is full","status":"firing","severity":"high","labels":{"service":"billing","host":"db-1"}}'
`,
    explanation:
      'Send the same labels with "status":"resolved" to close the alert. A body of any other shape is fine too: send one, then map its fields on this page.',
  };
}
