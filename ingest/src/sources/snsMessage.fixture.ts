import { createSign, type KeyObject } from 'node:crypto';

export const certificateUrl = 'https://sns.eu-central-1.amazonaws.com/SimpleNotificationService-abc123.pem';
const signedNames = ['Message', 'MessageId', 'Subject', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'];

/** Signs a message as SNS does. @param version "1" or "2" */
export function signed(message: Record<string, string>, key: KeyObject, version = '2'): Record<string, string> {
  const names = signedNames.filter((name) => message[name] !== undefined);
  const text = names.map((name) => `${name}\n${message[name]}\n`).join('');
  const signer = createSign(version === '1' ? 'RSA-SHA1' : 'RSA-SHA256').update(text);
  return {
    SigningCertURL: certificateUrl,
    ...message,
    SignatureVersion: version,
    Signature: signer.sign(key, 'base64'),
  };
}

export function notification(alarm: object | string = {}): Record<string, string> {
  return {
    Type: 'Notification',
    MessageId: '0c2d3e4f-0000-4000-8000-000000000001',
    TopicArn: 'arn:aws:sns:eu-central-1:210987654321:harbour-alarms',
    Subject: 'ALARM: "Lock gate"',
    Message: typeof alarm === 'string' ? alarm : JSON.stringify({ ...lockGate, ...alarm }),
    Timestamp: '2026-11-20T08:57:12.401Z',
  };
}

export const lockGate = {
  AlarmName: 'Lock gate',
  AWSAccountId: '210987654321',
  NewStateValue: 'ALARM',
  OldStateValue: 'OK',
  NewStateReason: 'Threshold crossed.',
  StateChangeTime: '2026-11-20T08:57:00.000+0000',
  Region: 'EU (Frankfurt)',
};

export function confirmation(subscribeUrl: string): Record<string, string> {
  return {
    Type: 'SubscriptionConfirmation',
    MessageId: '0c2d3e4f-0000-4000-8000-000000000002',
    Token: 'abc',
    TopicArn: 'arn:aws:sns:eu-central-1:210987654321:harbour-alarms',
    Message: 'You have chosen to subscribe to the topic.',
    SubscribeURL: subscribeUrl,
    Timestamp: '2026-11-20T08:57:12.401Z',
  };
}
