import webPush from 'web-push';
import { type ChannelAdapter, failed, partsOfSecret, postMessage, requestTimeoutMs, textOf } from './adapter.js';

/** A browser, through its push service: encrypted for it alone. */
export const webPushAdapter: ChannelAdapter = {
  kind: 'web_push',
  send: async (message, { address, secret, mayReachPrivate }, tools) => {
    const keys = partsOfSecret(secret);
    const [p256dh, auth] = [textOf(keys['p256dh']), textOf(keys['auth'])];
    if (p256dh === null || auth === null) return failed('its keys are missing');
    const vapidDetails = await tools.vapid();
    if (vapidDetails === null) return failed('there is no TOCSIN_SECRET_KEY to keep the push key under');
    const { title, text, url, isRepeat, key } = message;
    const payload = JSON.stringify({ title, body: text.slice(0, 1_500), url, isRepeat, tag: key });
    const details = webPush.generateRequestDetails({ endpoint: address, keys: { p256dh, auth } }, payload, {
      vapidDetails,
      TTL: 3_600,
      urgency: 'high',
      timeout: requestTimeoutMs,
    });
    const outcome = await postMessage(tools, details.endpoint, {
      headers: Object.fromEntries(Object.entries(details.headers).map(([name, value]) => [name, String(value)])),
      body: details.body,
      mayReachPrivate,
    });
    // 404 is how some push services say that a subscription ended.
    return outcome.outcome === 'failed' && outcome.status === 404 ? { ...outcome, isGone: true } : outcome;
  },
};
