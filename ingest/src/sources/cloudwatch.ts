import { isRecord, kindOf, readText } from '@tocsin/schema/domain/fields';
import { normalise } from '@tocsin/schema/domain/normalise';
import type { Integration } from '@tocsin/schema/domain/source';
import { parseBody } from '../body.js';
import { readOne } from '../fields.js';
import { cloudwatchDraft, readAlarm } from './cloudwatchAlarm.js';
import { confirmSubscription } from './snsConfirm.js';
import type { Fetch } from './snsFetch.js';
import { createSnsVerifier } from './snsSignature.js';
import type { ParsedDelivery, Source } from './source.js';

/**
 * CloudWatch alarms as Amazon SNS delivers them (JSON under text/plain, the alarm as JSON in the text `Message`), as a raw
 * SNS delivery, or as an EventBridge event, the latter two with or without SNS around them. Metric and composite alarms.
 *
 * SNS signs what it sends: a wrong signature is refused. What comes without its envelope carries none, and the secret alone
 * counts, unless the integration names its topics. The confirmation of a subscription is visited on hosts of SNS only, and only after secret and signature were right.
 *
 * Source: docs.aws.amazon.com/sns (message formats, verifying signatures), AmazonCloudWatch alarms, EventBridge events.
 */
export function createCloudwatch(fetch: Fetch): Source {
  const verify = createSnsVerifier(fetch);
  return {
    kind: 'cloudwatch',
    parse: (body, integration, { receivedAt }) => parse(body, integration, receivedAt),
    verifySignature: (raw) => verify(raw),
    async confirm(body) {
      if (isRecord(body) && body['Type'] === 'SubscriptionConfirmation') {
        await confirmSubscription(readText(body['SubscribeURL']) ?? '', fetch);
      }
    },
  };
}

export const cloudwatch: Source = createCloudwatch((url, init) => fetch(url, init));

function parse(body: unknown, integration: Integration, receivedAt: number): ParsedDelivery {
  if (!isRecord(body)) return malformed(`expected a JSON object, got ${kindOf(body)}`, null);
  const foreign = foreignTopic(body, integration.topics);
  if (foreign !== null) return malformed(foreign, 'TopicArn');
  const type = body['Type'];
  // Nothing to store: `confirm` visits the one, and the other says that somebody took the subscription away.
  if (type === 'SubscriptionConfirmation' || type === 'UnsubscribeConfirmation') {
    return { ok: true, alerts: [], rejected: [] };
  }
  const isEnvelope = typeof body['Message'] === 'string' && 'TopicArn' in body;
  const message = isEnvelope ? messageOf(readText(body['Message']) ?? '') : body;
  const alarm = isRecord(message) ? readAlarm(message, isEnvelope ? readText(body['TopicArn']) : null) : null;
  if (alarm === null) {
    const expected = 'expected a CloudWatch alarm ("AlarmName" and "NewStateValue") or its EventBridge event';
    return malformed(isEnvelope ? `Message: ${expected}` : expected, isEnvelope ? 'Message' : null);
  }
  // EventBridge tells every change of state; that a metric has no data, SNS tells only whom somebody asked it to.
  if (alarm.state === 'INSUFFICIENT_DATA' && alarm.isEventBridge) return { ok: true, alerts: [], rejected: [] };
  return readOne(isEnvelope ? 'Message' : '', () =>
    normalise(cloudwatchDraft(alarm, integration), integration, receivedAt),
  );
}

/**
 * Why a message is not from the integration's topics; null where it is. SNS signs for whoever has an account, so that
 * a signature alone says nothing about who wrote it.
 */
function foreignTopic(body: Record<string, unknown>, topics: readonly string[]): string | null {
  if (topics.length === 0) return null;
  const topic = readText(body['TopicArn']);
  if (topic === null) return 'this integration takes only messages of its Amazon SNS topics, and this names none';
  return topics.includes(topic)
    ? null
    : `${JSON.stringify(topic.slice(0, 300))} is none of the topics of this integration`;
}

function messageOf(text: string): unknown {
  try {
    return parseBody(Buffer.from(text));
  } catch {
    // A topic carries any text; what is no JSON is no alarm.
    return null;
  }
}

function malformed(message: string, path: string | null): ParsedDelivery {
  return { ok: false, code: 'MALFORMED_PAYLOAD', message, path };
}
