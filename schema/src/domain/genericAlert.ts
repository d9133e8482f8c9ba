import type { Labels } from './alert.js';
import { BadField, readInstant, readText } from './fields.js';
import { fingerprintOfLabels } from './fingerprint.js';
import { fieldsOf, readDetails, readStatusWord, readTags } from './genericFields.js';
import type { Draft } from './normalise.js';
import type { Integration } from './source.js';

/** One alert as simple JSON, under whatever common names its fields come. @throws BadField */
export function genericDraft(sent: Record<string, unknown>, integration: Integration): Draft {
  return genericDraftOf(fieldsOf(sent), integration);
}

export type GenericFields = ReturnType<typeof fieldsOf>;

/** @throws BadField */
export function genericDraftOf(fields: GenericFields, integration: Integration): Draft {
  const labels = readTags(fields.labels);
  const annotations = readDetails(fields.annotations);
  const title = readText(fields.title) ?? annotations['summary'] ?? labels['alertname'] ?? '';
  if (title.trim() === '') throw new BadField('give the alert a title (or name, alertname, summary)', 'title');
  const service = readText(fields.service);
  const environment = readText(fields.environment);
  return {
    title,
    summary: readText(fields.summary),
    description: readText(fields.description),
    status: readStatusWord(fields.status),
    severity: readText(fields.severity),
    service,
    environment,
    labels,
    annotations,
    startsAt: readInstant(fields.startsAt, 'startsAt'),
    endsAt: readInstant(fields.endsAt, 'endsAt'),
    generatorUrl: readText(fields.url),
    runbookUrl: readText(fields.runbookUrl),
    fingerprint: readText(fields.dedupKey) ?? conditionOf(labels, title, service, environment, integration),
    groupKey: readText(fields.groupKey),
    traceId: readText(fields.traceId),
    isTest: readText(fields.isTest) === 'true',
  };
}

/** Without a key of the sender, what it is about and where: not how bad it is, which changes while it lasts. */
function conditionOf(
  labels: Labels,
  title: string,
  service: string | null,
  environment: string | null,
  integration: Integration,
): string {
  // With a blank in front, these are no labels that a sender has.
  const stated = { ' title': title, ' service': service ?? '', ' environment': environment ?? '' };
  return fingerprintOfLabels({ ...labels, ...stated }, integration.ignoreLabels);
}
