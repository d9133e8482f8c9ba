import type { Snippet } from './snippets.js';

/** Datadog puts texts into it as they are: what is short and ours to match on comes first, what people wrote last. */
const datadogTemplate = `{
  "monitor_id": "$ALERT_ID",
  "cycle_key": "$ALERT_CYCLE_KEY",
  "aggreg_key": "$AGGREG_KEY",
  "transition": "$ALERT_TRANSITION",
  "alert_type": "$ALERT_TYPE",
  "priority": "$ALERT_PRIORITY",
  "scope": "$ALERT_SCOPE",
  "hostname": "$HOSTNAME",
  "tags": "$TAGS",
  "metric": "$ALERT_METRIC",
  "query": "$ALERT_QUERY",
  "date_ms": "$DATE",
  "link": "$LINK",
  "snapshot": "$SNAPSHOT",
  "event_title": "$EVENT_TITLE",
  "title": "$ALERT_TITLE",
  "status": "$ALERT_STATUS",
  "body": "$EVENT_MSG"
}
`;

export function datadogSnippets(ingestUrl: string): readonly Snippet[] {
  return [
    {
      title: 'Datadog: Integrations → Webhooks → New',
      language: 'text',
      code: `Name:            tocsin
URL:             ${ingestUrl}/webhooks/datadog
Custom Headers:  {"Authorization": "Bearer {{secret}}"}
Encode as form:  no
`,
      explanation: 'Then name @webhook-tocsin in the message of each monitor that should arrive here.',
    },
    {
      title: 'Payload of the webhook',
      language: 'json',
      code: datadogTemplate,
      explanation:
        'Paste it over the default payload, whole. The cycle key ties a recovery to its trigger. A quote in a monitor’s own text can break the JSON: such a body is kept under the dead letters of this page.',
    },
  ];
}

export function sentrySnippet(ingestUrl: string): Snippet {
  return {
    title: 'Sentry: Settings → Developer Settings → New Internal Integration',
    language: 'text',
    code: `Name:              Tocsin
Webhook URL:       ${ingestUrl}/webhooks/sentry/{{secret}}
Alert Rule Action: on
Permissions:       Issue & Event: Read
Webhooks:          issue
`,
    explanation:
      'Save, set the client secret that Sentry shows as the signing secret of this page, and choose the integration as the action of your alert rules. The issue webhook closes an alert when its issue is resolved or archived; metric alerts close by themselves.',
  };
}

export function cloudwatchSnippets(ingestUrl: string): readonly Snippet[] {
  return [
    {
      title: 'AWS CLI: subscribe to the topic of your alarms',
      language: 'shell',
      code: `aws sns subscribe --topic-arn arn:aws:sns:REGION:ACCOUNT:TOPIC --protocol ${protocolOf(ingestUrl)} \\
  --notification-endpoint '${ingestUrl}/webhooks/cloudwatch/{{secret}}'
`,
      explanation:
        'The subscription is confirmed by itself. Send the alarm actions and the OK actions of each alarm to the topic: without the latter nothing closes. This server must reach sns.REGION.amazonaws.com, for the certificate of the signatures.',
    },
    {
      title: 'Or EventBridge: an API destination',
      language: 'json',
      code: `{
  "source": ["aws.cloudwatch"],
  "detail-type": ["CloudWatch Alarm State Change"],
  "detail": { "state": { "value": ["ALARM", "OK"] } }
}
`,
      explanation: `The pattern of the rule. Its target is an API destination, POST to ${ingestUrl}/webhooks/cloudwatch, with a connection of the kind API key: X-Tocsin-Token = {{secret}}.`,
    },
  ];
}

export function cloudeventsSnippets(ingestUrl: string): readonly Snippet[] {
  return [
    {
      title: 'Any sender of CloudEvents 1.0',
      language: 'shell',
      code: `curl -X POST ${ingestUrl}/webhooks/cloudevents \\
  -H 'Authorization: Bearer {{secret}}' \\
  -H 'Content-Type: application/cloudevents+json' \\
  -d '{"specversion":"1.0","id":"1","source":"/checks/disk","type":"com.example.disk.full","subject":"db-1",
       "data":{"title":"Disk is full","severity":"high","service":"billing"}}'
`,
      explanation:
        'Structured, batched and binary mode. The same source, subject and type with ".resolved" behind it, or "status":"resolved" in the data, closes the alert. Data of another shape: map its fields on this page.',
    },
    {
      title: 'A sender that can only be given a URL, or that shakes hands first (Azure Event Grid)',
      language: 'text',
      code: `${ingestUrl}/webhooks/cloudevents/{{secret}}
`,
      explanation: 'The OPTIONS request of the handshake is answered for whoever knows the URL.',
    },
  ];
}

function protocolOf(ingestUrl: string): string {
  return ingestUrl.startsWith('https:') ? 'https' : 'http';
}
