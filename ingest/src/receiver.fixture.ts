import fastify from 'fastify';
import { afterAll, beforeAll, beforeEach, vi } from 'vitest';
import type { DeliveryOutcome } from './answers.js';
import { receiveRoutes, type Delivery, type ReceiveDeps } from './receive.js';
import { receivedAt, testIntegration } from './integration.fixture.js';

export const secret = 'tks_right';
export const integration = testIntegration({ source: 'alertmanager' });
export const nothing: DeliveryOutcome = {
  opened: 0,
  suppressed: 0,
  repeated: 0,
  changed: 0,
  superseded: 0,
  stale: 0,
  resolved: 0,
  ignored: 0,
  test: 0,
  deadLettered: 0,
};

export const firing = { status: 'firing', labels: { alertname: 'BilgePumpStuck' }, startsAt: '2026-11-20T08:00:00Z' };
export const v4 = JSON.stringify({ version: '4', groupKey: '{}:{}', alerts: [firing] });

/** What `submit` was given since the test began. */
export const deliveries: Delivery[] = [];
const accept = async (delivery: Delivery): Promise<DeliveryOutcome> => {
  deliveries.push(delivery);
  return { ...nothing, opened: delivery.alerts.length, deadLettered: delivery.rejected.length };
};
export const submit = vi.fn<ReceiveDeps['submit']>(accept);
export const verify = vi.fn<ReceiveDeps['verify']>(async (offered) => (offered === secret ? integration : null));

/** The routes on a real socket with a fake pipeline behind them; gives the URL once the tests run. */
export function startReceiver(): () => string {
  const app = fastify({ logger: false });
  let url = '';
  beforeAll(async () => {
    await app.register(receiveRoutes, { verify, submit, now: () => receivedAt });
    // A neighbour on the same app keeps its own body parsing.
    app.post('/neighbour', (request) => ({ body: request.body }));
    url = await app.listen({ port: 0, host: '127.0.0.1' });
  });
  afterAll(() => app.close());
  beforeEach(() => {
    deliveries.length = 0;
    submit.mockReset().mockImplementation(accept);
    verify.mockClear();
  });
  return () => url;
}

interface Sent {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Posts with the right secret, unless the headers say otherwise. */
export async function post(
  url: string,
  body: string | Uint8Array<ArrayBuffer> | undefined,
  headers: Record<string, string> = {},
): Promise<Sent> {
  const init = { method: 'POST', headers: { authorization: `Bearer ${secret}`, ...headers } };
  const response = await fetch(url, body === undefined ? init : { ...init, body });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

export const json = (sent: Sent): unknown => JSON.parse(sent.text);
