import { createVerify, X509Certificate, type KeyObject } from 'node:crypto';
import { isRecord } from '@tocsin/schema/domain/fields';
import { Unavailable } from '../answers.js';
import { parseBody } from '../body.js';
import { fetchFromSns, isSnsUrl, type Fetch } from './snsFetch.js';
import type { SignatureVerdict } from './source.js';

type Message = Record<string, unknown>;

/** What is signed, in this order, by the type of the message. */
const signedFields = {
  Notification: ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'],
  SubscriptionConfirmation: ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'],
  UnsubscribeConfirmation: ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'],
} as const;

const algorithms: ReadonlyMap<unknown, string> = new Map([
  ['1', 'RSA-SHA1'],
  ['2', 'RSA-SHA256'],
]);
/** SNS has one certificate a region at a time. */
const mostCertificates = 50;
const keptMs = 24 * 3600_000;

/**
 * Checks the signature of SNS on the body of a request: `unsigned` where there is no envelope of SNS, as in a raw delivery
 * or an event of EventBridge. Certificates come from hosts of SNS alone and are kept for a day.
 * A certificate that cannot be fetched rejects with Unavailable: SNS sends again.
 */
export function createSnsVerifier(fetch: Fetch): (raw: Buffer) => Promise<SignatureVerdict> {
  const keys = new Map<string, { readonly key: Promise<KeyObject>; readonly until: number }>();

  function keyOf(url: string): Promise<KeyObject> {
    const known = keys.get(url);
    if (known !== undefined && known.until > performance.now()) return known.key;
    const key = fetchFromSns(url, fetch).then((pem) => rsaKeyOf(pem));
    if (keys.size >= mostCertificates) keys.clear();
    keys.set(url, { key, until: performance.now() + keptMs });
    key.catch(() => keys.delete(url));
    return key;
  }

  return async (raw) => {
    const message = readEnvelope(raw);
    if (message === null) return 'unsigned';
    const text = signedText(message);
    const url = message['SigningCertURL'];
    const algorithm = algorithms.get(message['SignatureVersion']);
    const signature = message['Signature'];
    if (text === null || algorithm === undefined || typeof signature !== 'string') return 'invalid';
    if (typeof url !== 'string' || !isSnsUrl(url) || !new URL(url).pathname.endsWith('.pem')) return 'invalid';
    let key;
    try {
      key = await keyOf(url);
    } catch (cause) {
      if (cause instanceof NoCertificate) return 'invalid';
      throw new Unavailable('the certificate of Amazon SNS cannot be fetched at the moment: send again later');
    }
    return createVerify(algorithm).update(text).verify(key, signature, 'base64') ? 'valid' : 'invalid';
  };
}

/** What came from the certificate's URL is none that could have signed. */
class NoCertificate extends Error {
  override readonly name = 'NoCertificate';
}

function rsaKeyOf(pem: string): KeyObject {
  try {
    const { publicKey } = new X509Certificate(pem);
    if (publicKey.asymmetricKeyType === 'rsa') return publicKey;
  } catch (cause) {
    throw new NoCertificate('not a certificate', { cause });
  }
  throw new NoCertificate('not an RSA key');
}

/** The envelope of SNS in a body: whatever has the marks of one must be signed as one. */
function readEnvelope(raw: Buffer): Message | null {
  let body: unknown;
  try {
    body = parseBody(raw);
  } catch {
    // No JSON is no envelope; the body is refused, and kept, for that.
    return null;
  }
  if (!isRecord(body)) return null;
  return 'Signature' in body || 'TopicArn' in body || hasSignedType(body['Type']) ? body : null;
}

function hasSignedType(type: unknown): type is keyof typeof signedFields {
  return typeof type === 'string' && Object.hasOwn(signedFields, type);
}

/** `Name\nvalue\n` of every signed field; Subject may be missing. Null where another one is. */
function signedText(message: Message): string | null {
  const type = message['Type'];
  if (!hasSignedType(type)) return null;
  let text = '';
  for (const name of signedFields[type]) {
    const value = message[name];
    if (typeof value === 'string') text += `${name}\n${value}\n`;
    else if (name !== 'Subject') return null;
  }
  return text;
}
