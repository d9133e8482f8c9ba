import type { SourceKind } from '@tocsin/schema/domain/source';

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
  }
}

function alertmanager(ingestUrl: string): Snippet {
  return {
    title: 'alertmanager.yml',
    language: 'yaml',
    code: `route:
  receiver: tocsin
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
    explanation: 'Add the receiver, route to it, and reload Alertmanager. Resolved notifications close the alerts.',
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

function curl(ingestUrl: string): Snippet {
  return {
    title: 'Any program',
    language: 'shell',
    code: `curl -X POST ${ingestUrl}/webhooks/generic \\
  -H 'Authorization: Bearer {{secret}}' \\
  -H 'Content-Type: application/json' \\
  -d '{"title":"Disk is full","status":"firing","severity":"high","labels":{"service":"billing","host":"db-1"}}'
`,
    explanation: 'Send the same labels with "status":"resolved" to close the alert.',
  };
}
