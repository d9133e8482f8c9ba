import { describe, expect, test, vi } from 'vitest';
import { testIntegration, testRequest } from '../integration.fixture.js';
import { selfSigned } from './certificate.fixture.js';
import { createCloudwatch } from './cloudwatch.js';
import { isSnsUrl, type Fetch } from './snsFetch.js';
import { certificateUrl, confirmation, notification, signed } from './snsMessage.fixture.js';

const { privateKey, pem } = selfSigned();
const subscribeUrl = 'https://sns.eu-central-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn=t&Token=abc';

/** AWS as far as we talk to it. */
function aws(answer: (url: string) => Response = () => new Response(pem)) {
  const fetch = vi.fn<Fetch>(async (url) => answer(url));
  const source = createCloudwatch(fetch);
  const verify = async (message: object) =>
    source.verifySignature?.(Buffer.from(JSON.stringify(message)), testRequest(), null);
  const confirm = async (message: object) => source.confirm?.(message, testIntegration(), testRequest());
  return { fetch, verify, confirm };
}

describe('the signature of SNS', () => {
  test.each(['1', '2'])('of version %s is right on what SNS signed', async (version) => {
    const { verify } = aws();
    for (const message of [
      notification(),
      confirmation(subscribeUrl),
      { ...confirmation(subscribeUrl), Type: 'UnsubscribeConfirmation' },
    ]) {
      expect(await verify(signed(message, privateKey, version))).toBe('valid');
    }
    const { Subject: _, ...withoutSubject } = notification();
    expect(await verify(signed(withoutSubject, privateKey, version))).toBe('valid');
  });

  test('covers every field that counts', async () => {
    const { verify } = aws();
    const message = signed(notification(), privateKey);
    for (const field of ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn']) {
      expect(await verify({ ...message, [field]: `${message[field]}x` })).toBe('invalid');
      expect(await verify({ ...message, [field]: undefined })).toBe('invalid');
    }
  });

  test('of another key, of no known version, or none at all, is invalid', async () => {
    const { verify } = aws();
    const message = signed(notification(), privateKey);
    expect(await verify(signed(notification(), selfSigned().privateKey))).toBe('invalid');
    for (const SignatureVersion of ['3', 'constructor', { toString: 1 }, 2]) {
      expect(await verify({ ...message, SignatureVersion })).toBe('invalid');
    }
    expect(await verify({ ...message, SignatureVersion: '1' })).toBe('invalid');
    for (const Signature of [undefined, '', 'AAAA', 7]) expect(await verify({ ...message, Signature })).toBe('invalid');
    expect(await verify(notification())).toBe('invalid');
  });

  test('is not there in a raw delivery or an event of EventBridge', async () => {
    const { verify, fetch } = aws();
    expect(await verify({ AlarmName: 'x', NewStateValue: 'OK' })).toBe('unsigned');
    expect(await verify({ source: 'aws.cloudwatch', detail: {} })).toBe('unsigned');
    expect(fetch).not.toHaveBeenCalled();
  });

  test('needs the certificate once, not once a message', async () => {
    const { verify, fetch } = aws();
    await Promise.all([1, 2, 3].map(() => verify(signed(notification(), privateKey))));
    await verify(signed(notification(), privateKey));
    expect(fetch).toHaveBeenCalledTimes(1);
    expect(fetch).toHaveBeenCalledWith(certificateUrl, expect.objectContaining({ redirect: 'error' }));
  });
});

const evil = [
  'http://sns.eu-central-1.amazonaws.com/a.pem',
  'https://sns.eu-central-1.amazonaws.com.evil.example/a.pem',
  'https://evil.example/sns.eu-central-1.amazonaws.com/a.pem',
  'https://sns.eu-central-1.amazonaws.com@evil.example/a.pem',
  'https://user:pw@sns.eu-central-1.amazonaws.com/a.pem',
  'https://sns.eu-central-1.amazonaws.com:8443/a.pem',
  'https://sns.evil.s3.amazonaws.com/a.pem',
  'https://evil-bucket.s3.amazonaws.com/a.pem',
  'https://snsXeu-central-1.amazonaws.com/a.pem',
  'https://169.254.169.254/latest/meta-data/a.pem',
  'https://localhost/a.pem',
  'https://[::1]/a.pem',
  'file:///etc/passwd.pem',
  '//sns.eu-central-1.amazonaws.com/a.pem',
  `https://sns.eu-central-1.amazonaws.com/${'a'.repeat(3_000)}.pem`,
  '',
];

describe('nothing but SNS is ever asked', () => {
  test.each(evil)('for a certificate: %s', async (url) => {
    const { verify, fetch } = aws();
    expect(isSnsUrl(url)).toBe(false);
    expect(await verify(signed({ ...notification(), SigningCertURL: url }, privateKey))).toBe('invalid');
    expect(fetch).not.toHaveBeenCalled();
  });

  test.each(evil)('to confirm: %s', async (url) => {
    const { confirm, fetch } = aws();
    await expect(confirm(confirmation(url.replace('/a.pem', '/?Action=ConfirmSubscription')))).rejects.toThrow(
      'does not confirm',
    );
    expect(fetch).not.toHaveBeenCalled();
  });

  test('for a certificate that is not under .pem', async () => {
    const { verify, fetch } = aws();
    expect(await verify(signed({ ...notification(), SigningCertURL: subscribeUrl }, privateKey))).toBe('invalid');
    expect(fetch).not.toHaveBeenCalled();
  });

  test('in China, too', () => {
    expect(isSnsUrl('https://sns.cn-north-1.amazonaws.com.cn/a.pem')).toBe(true);
  });
});

describe('what AWS answers', () => {
  const message = signed(notification(), privateKey);

  test('is asked for again where it was an error: SNS sends again, too', async () => {
    let isUp = false;
    const { verify } = aws(() => (isUp ? new Response(pem) : new Response('', { status: 500 })));
    await expect(verify(message)).rejects.toMatchObject({ name: 'Unavailable' });
    isUp = true;
    expect(await verify(message)).toBe('valid');
  });

  test('is not read to its end where it is too large', async () => {
    const { verify } = aws(() => new Response('x'.repeat(100_000)));
    await expect(verify(message)).rejects.toMatchObject({ name: 'Unavailable' });
  });

  test('is no certificate: then nobody signed', async () => {
    const { verify } = aws(() => new Response('<html>'));
    expect(await verify(message)).toBe('invalid');
  });
});

describe('a subscription', () => {
  test('is confirmed by a visit to its URL', async () => {
    const { confirm, fetch } = aws(() => new Response('<ConfirmSubscriptionResponse/>'));
    await confirm(confirmation(subscribeUrl));
    expect(fetch).toHaveBeenCalledExactlyOnceWith(subscribeUrl, expect.objectContaining({ redirect: 'error' }));
  });

  test('is confirmed by no other operation', async () => {
    const { confirm, fetch } = aws();
    for (const action of ['Unsubscribe', 'Publish', 'confirmsubscription', '']) {
      await expect(confirm(confirmation(subscribeUrl.replace('ConfirmSubscription', action)))).rejects.toThrow(
        'does not confirm',
      );
    }
    expect(fetch).not.toHaveBeenCalled();
  });

  test('that AWS does not confirm is asked for again', async () => {
    const { confirm } = aws(() => new Response('', { status: 403 }));
    await expect(confirm(confirmation(subscribeUrl))).rejects.toThrow('403');
  });

  test('is all that is visited: not on a notification', async () => {
    const { confirm, fetch } = aws();
    await confirm({ ...notification(), SubscribeURL: subscribeUrl });
    expect(fetch).not.toHaveBeenCalled();
  });
});
