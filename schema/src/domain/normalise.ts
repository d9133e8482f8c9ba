import type { AlertLink, AlertStatus, Labels, NormalisedAlert } from './alert.js';
import { deriveFields, deriveTraceId } from './derive.js';
import { environmentKey } from './deriveEnvironment.js';
import { boundedKey, fingerprintOfLabels } from './fingerprint.js';
import { severityOfWord } from './severity.js';
import type { Integration } from './source.js';
import { httpUrl, storableLabels, textLimits, textOrNull } from './text.js';
import { plausibleOrNull, settledEnd } from './fields.js';

/** What an adapter read from the wire, unchecked texts and all. Times are epoch milliseconds. */
export interface Draft {
  readonly status: AlertStatus;
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly startsAt: number | null;
  readonly endsAt: number | null;
  /** From {@link conditionOf} or the sender's own key. */
  readonly fingerprint: string;
  readonly generatorUrl?: string | null | undefined;
  readonly groupKey?: string | null | undefined;
  /** Each of these goes before what annotations and labels say. */
  readonly title?: string | null | undefined;
  readonly summary?: string | null | undefined;
  readonly description?: string | null | undefined;
  readonly severity?: string | null | undefined;
  readonly service?: string | null | undefined;
  readonly environment?: string | null | undefined;
  readonly runbookUrl?: string | null | undefined;
  readonly traceId?: string | null | undefined;
  readonly links?: readonly AlertLink[];
  readonly isTest?: boolean;
}

/** How far a sender's clock may run ahead of ours. */
const clockSkewMs = 120_000;

/** Annotations, else labels, that lead somewhere, with the name of the link. */
const linkFields: readonly (readonly [string, string])[] = [
  ['Dashboard', 'dashboard_url'],
  ['Dashboard', 'dashboardURL'],
  ['Panel', 'panel_url'],
  ['Panel', 'panelURL'],
];

/** An alert in our words: derived fields filled in, every text storable and of bounded length, only http(s) links. */
export function normalise(draft: Draft, integration: Integration, receivedAt: number): NormalisedAlert {
  const labels = storableLabels(draft.labels, textLimits.labelValue);
  const annotations = storableLabels(draft.annotations, textLimits.annotationValue);
  const derived = deriveFields(labels, integration);
  const senderSeverity = textOrNull(draft.severity ?? severityLabel(labels), textLimits.dimension);
  const sentStart = plausibleOrNull(draft.startsAt, receivedAt);
  // A start that is still to come is a wrong clock, or local time sent as UTC: believed, it would hide every end and
  // every new start until then.
  const startsAt = sentStart !== null && sentStart > receivedAt + clockSkewMs ? null : sentStart;
  const summary = textOrNull(draft.summary ?? annotations['summary'], textLimits.description);
  return {
    fingerprint: boundedKey(draft.fingerprint),
    status: draft.status,
    severity: severityOfWord(senderSeverity),
    senderSeverity,
    title:
      textOrNull(draft.title, textLimits.title) ??
      textOrNull(annotations['summary'], textLimits.title) ??
      textOrNull(annotations['title'], textLimits.title) ??
      textOrNull(labels['alertname'], textLimits.title) ??
      'Untitled alert',
    summary,
    description: textOrNull(
      draft.description ?? annotations['description'] ?? annotations['message'],
      textLimits.description,
    ),
    service: textOrNull(draft.service, textLimits.dimension) ?? derived.service,
    // One spelling of it: lists, facets and numbers would show `prod` beside `production`. The labels keep what was sent.
    environment: environmentKey(textOrNull(draft.environment, textLimits.dimension) ?? derived.environment),
    labels,
    annotations,
    startsAt,
    endsAt: draft.status === 'resolved' ? settledEnd(startsAt, draft.endsAt, receivedAt) : null,
    generatorUrl: httpUrl(draft.generatorUrl),
    runbookUrl: firstUrl(draft.runbookUrl, annotations['runbook_url'], annotations['runbook'], labels['runbook_url']),
    links: [...linksOf(annotations, labels), ...(draft.links ?? [])],
    traceId: deriveTraceId({ trace_id: draft.traceId ?? '' }, labels, annotations),
    groupKey: draft.groupKey ? boundedKey(draft.groupKey, textLimits.title) : null,
    isTest: draft.isTest ?? false,
  };
}

/** A link where the text is an http(s) URL, else none. */
export function link(title: string, url: string | undefined): AlertLink[] {
  const checked = httpUrl(url);
  return checked === null ? [] : [{ title, url: checked }];
}

/**
 * The identity of a condition: the sender's own fingerprint, or ours where it sent none, or where one of its labels only
 * tells replicas apart: then the sender's differs per replica, and ours without that label does not.
 */
export function conditionOf(labels: Labels, sent: string | null | undefined, integration: Integration): string {
  const tellsReplicasApart = integration.ignoreLabels.some((name) => (labels[name] ?? '') !== '');
  return sent && !tellsReplicasApart ? sent : fingerprintOfLabels(labels, integration.ignoreLabels);
}

function severityLabel(labels: Labels): string | undefined {
  return labels['severity'] ?? labels['priority'] ?? labels['level'];
}

function firstUrl(...candidates: (string | null | undefined)[]): string | null {
  for (const candidate of candidates) {
    const url = httpUrl(candidate);
    if (url !== null) return url;
  }
  return null;
}

function linksOf(annotations: Labels, labels: Labels): AlertLink[] {
  return linkFields.flatMap(([title, name]) => link(title, annotations[name] ?? labels[name]));
}
