import type { Labels } from '@tocsin/schema/domain/alert';
import { deriveFields } from '@tocsin/schema/domain/derive';
import { BadField, isRecord, readInstant, readText } from '@tocsin/schema/domain/fields';
import { readTags } from '@tocsin/schema/domain/genericFields';
import type { Draft } from '@tocsin/schema/domain/normalise';
import type { Integration } from '@tocsin/schema/domain/source';

type Sent = Record<string, unknown>;

/** Reads `data` of a webhook whose `action` (lower case) is given. @throws BadField */
export type SentryReader = (data: Sent, action: string, integration: Integration) => Draft;

/** An issue alert: the event that made a rule fire. */
export function eventDraft(data: Sent, _action: string, integration: Integration): Draft {
  const event = record(data['event']);
  const issueId = readText(event['issue_id']) ?? issueOfUrl(event['issue_url']);
  if (issueId === null) throw new BadField('expected the id of the issue', 'issue_id');
  const tags = readTags(event['tags'] === undefined ? null : pairs(event['tags']));
  const project = /\/projects\/[^/]+\/([^/]+)\//.exec(readText(event['url']) ?? '')?.[1] ?? null;
  const labels = withProject(tags, project);
  const rule = readText(data['triggered_rule']);
  return {
    status: 'firing',
    title: readText(event['title']) ?? readText(record(event['metadata'])['type']),
    summary: readText(record(event['metadata'])['value']),
    description: readText(event['culprit']),
    severity: readText(event['level']),
    service: serviceOf(labels, project, integration),
    labels,
    annotations: rule === null ? {} : { rule },
    // The time is that of the newest event, not of the issue's beginning.
    startsAt: null,
    endsAt: null,
    fingerprint: `issue:${issueId}`,
    generatorUrl: readText(event['web_url']),
    traceId: readText(record(record(event['contexts'])['trace'])['trace_id'])?.replaceAll('-', ''),
    isTest: tags['sample_event'] === 'yes',
  };
}

/** An issue that was resolved or archived. */
export function issueDraft(data: Sent, _action: string, integration: Integration): Draft {
  const issue = record(data['issue']);
  const id = readText(issue['id']);
  if (id === null) throw new BadField('expected the id of the issue', 'id');
  const project = readText(record(issue['project'])['slug']);
  const labels = withProject({}, project);
  return {
    status: 'resolved',
    title: readText(issue['title']),
    description: readText(issue['culprit']),
    severity: readText(issue['level']),
    service: serviceOf(labels, project, integration),
    labels,
    annotations: {},
    startsAt: null,
    endsAt: null,
    fingerprint: `issue:${id}`,
    generatorUrl: readText(issue['web_url']) ?? readText(issue['permalink']),
  };
}

/** A metric alert in one of its three states. */
export function metricAlertDraft(data: Sent, action: string, integration: Integration): Draft {
  const alert = record(data['metric_alert']);
  const rule = record(alert['alert_rule']);
  const id = readText(alert['id']);
  if (id === null) throw new BadField('expected the id of the metric alert', 'id');
  if (!/^(critical|warning|resolved)$/.test(action)) {
    throw new BadField(
      `expected "critical", "warning" or "resolved", got ${JSON.stringify(action.slice(0, 60))}`,
      'action',
    );
  }
  const project = firstText(alert['projects']) ?? firstText(rule['projects']);
  const labels = withProject({}, project);
  return {
    status: action === 'resolved' ? 'resolved' : 'firing',
    title: readText(rule['name']) ?? readText(data['description_title']) ?? readText(alert['title']),
    summary: readText(data['description_text']),
    severity: action === 'resolved' ? null : action,
    service: serviceOf(labels, project, integration),
    environment: readText(rule['environment']),
    labels,
    annotations: {},
    startsAt: readInstant(alert['date_started'], 'date_started'),
    endsAt: readInstant(alert['date_closed'], 'date_closed'),
    fingerprint: `metric:${id}`,
    generatorUrl: readText(data['web_url']),
  };
}

/** A Sentry project is, in nearly every organisation, one service; what the tags say goes before it. */
function serviceOf(labels: Labels, project: string | null, integration: Integration): string | null {
  return deriveFields(labels, integration).service ?? project;
}

function withProject(tags: Labels, project: string | null): Labels {
  return project === null ? tags : { ...tags, 'sentry.project': project };
}

/** Tags as `[["browser", "Chrome"], …]`, in the form that other tools send. */
function pairs(tags: unknown): unknown {
  if (!Array.isArray(tags)) return tags;
  return tags.map((tag: unknown) => {
    if (!Array.isArray(tag)) return tag;
    const pair: readonly unknown[] = tag;
    return { key: pair[0], value: pair[1] };
  });
}

function issueOfUrl(url: unknown): string | null {
  return /\/issues\/(\d+)\/?$/.exec(readText(url) ?? '')?.[1] ?? null;
}

function firstText(list: unknown): string | null {
  return Array.isArray(list) ? readText(list[0]) : null;
}

function record(value: unknown): Sent {
  return isRecord(value) ? value : {};
}
