export interface PushSubscriptionKeys {
  readonly address: string;
  /** JSON of p256dh and auth. */
  readonly secret: string;
}

export function isPushPossible(): boolean {
  return 'serviceWorker' in navigator && 'PushManager' in window && window.isSecureContext;
}

/** Asks the person and the browser; null where one of them says no. @param key of the installation, base64url */
export async function enrolThisBrowser(key: string): Promise<PushSubscriptionKeys | null> {
  if ((await Notification.requestPermission()) !== 'granted') return null;
  const registration = await navigator.serviceWorker.register('/push.js');
  const subscription = await registration.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: bytesOf(key),
  });
  const { endpoint, keys } = subscription.toJSON();
  if (endpoint === undefined || keys === undefined) return null;
  return { address: endpoint, secret: JSON.stringify({ p256dh: keys['p256dh'], auth: keys['auth'] }) };
}

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** What a person would recognise this browser by. */
export function browserName(): string {
  const name = /(Firefox|Edg|OPR|Chrome|Safari)\//.exec(navigator.userAgent)?.[1] ?? 'Browser';
  return `${name === 'Edg' ? 'Edge' : name === 'OPR' ? 'Opera' : name} on ${navigator.platform || 'this device'}`;
}
