import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { globalAgent } from 'node:https';
import { connect, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createServer, type Server } from 'node:tls';
import { promisify } from 'node:util';
import { acknowledge, change, resolve, trigger } from '@pagerduty/pdjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requireBinary } from '../support/requirement.js';
import { createDataDir, startTocsin, type RunningTocsin } from '../support/tocsin.js';

const run = promisify(execFile);
const openssl = requireBinary('openssl');

interface Answer {
  readonly status: number;
  readonly data: Readonly<Record<string, string>>;
}

function answerOf({ response, data }: Awaited<ReturnType<typeof trigger>>): Answer {
  // the client leaves its type open; a wrong shape fails the assertion that reads it
  return { status: response.status, data: data as Answer['data'] };
}

describe.skipIf(openssl === null)('the published PagerDuty client for Node, pointed at us', () => {
  let dataDir: Awaited<ReturnType<typeof createDataDir>>;
  let tocsin: RunningTocsin;
  let tls: Server;
  let server: string;
  let routingKey: string;
  beforeAll(async () => {
    dataDir = await createDataDir();
    tocsin = await startTocsin(dataDir.path);
    tls = await terminateTls(new URL(tocsin.url).port);
    const created = await tocsin.graphql<{ createIntegration: { secret: string } }>(
      'mutation { createIntegration(input: { name: "Shop", source: PAGERDUTY, environment: "production" }) { secret } }',
    );
    routingKey = created.createIntegration.secret;
  });
  afterAll(async () => {
    delete globalAgent.options.ca;
    globalAgent.destroy();
    await new Promise((done) => tls.close(done));
    await tocsin.process.end();
    await dataDir.remove();
  });

  /** The client speaks TLS alone: this takes it off and hands on. */
  async function terminateTls(port: string): Promise<Server> {
    const [key, certificate] = ['key.pem', 'certificate.pem'].map((name) => join(dataDir.path, name));
    const what = 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1 -subj /CN=localhost';
    const files = ['-keyout', key ?? '', '-out', certificate ?? ''];
    await run(openssl ?? '', [...what.split(' '), '-addext', 'subjectAltName=DNS:localhost', ...files]);
    const cert = await readFile(certificate ?? '');
    const front = createServer({ key: await readFile(key ?? ''), cert }, (socket) => {
      const upstream = connect(Number(port), '127.0.0.1');
      socket.pipe(upstream).pipe(socket);
      for (const each of [socket, upstream]) each.on('error', () => [socket, upstream].forEach((end) => end.destroy()));
    });
    await new Promise<void>((done) => front.listen(0, '127.0.0.1', done));
    // a listening TCP server has an address with a port
    server = `localhost:${(front.address() as AddressInfo).port}`;
    // The client takes Node's own agent: it trusts this certificate as it trusts PagerDuty's.
    globalAgent.options.ca = cert;
    return front;
  }

  const payload = (summary: string, component: string) =>
    ({ summary, source: `${component}-1`, severity: 'critical', component }) as const;
  const actions = { trigger, acknowledge, resolve };
  async function send(
    event_action: keyof typeof actions,
    dedup_key: string | undefined,
    body: ReturnType<typeof payload>,
  ): Promise<Answer> {
    const data = { routing_key: routingKey, event_action, payload: body, ...(dedup_key && { dedup_key }) };
    return answerOf(await actions[event_action]({ server, data }));
  }

  interface Shown {
    readonly phase: string;
    readonly acknowledgedBy: string | null;
    readonly services: readonly string[];
    readonly firingAlertCount: number;
    readonly alerts: { readonly nodes: readonly { readonly title: string; readonly status: string }[] };
    readonly changes: readonly { readonly change: { readonly title: string } }[];
  }
  async function incidents(): Promise<readonly Shown[]> {
    const { incidents: list } = await tocsin.graphql<{ incidents: { nodes: readonly Shown[] } }>(
      `{ incidents { nodes { phase acknowledgedBy services firingAlertCount
           alerts { nodes { title status } } changes { change { title } } } } }`,
    );
    return list.nodes;
  }

  it('ends in the right incidents', async () => {
    const deployed = await change({
      server,
      data: {
        routing_key: routingKey,
        // The client's types want of a change what only an event has.
        event_action: 'trigger',
        payload: {
          summary: 'checkout 7.1',
          source: 'ci',
          severity: 'info',
          timestamp: new Date(Date.now() - 60_000).toISOString(),
          custom_details: { service: 'checkout', environment: 'production' },
        },
      },
    });
    expect(answerOf(deployed)).toEqual({ status: 202, data: { status: 'success', message: 'Change event processed' } });

    const down = payload('Checkout is down', 'checkout');
    const slow = payload('Checkout is slow', 'checkout');
    const fired = await send('trigger', 'checkout-down', down);
    expect(fired).toEqual({
      status: 202,
      data: { status: 'success', message: 'Event processed', dedup_key: 'checkout-down' },
    });
    const { data } = await send('trigger', undefined, slow);
    const [incident, ...others] = await incidents();
    expect(others).toEqual([]);
    expect(incident).toMatchObject({ phase: 'DETECTED', services: ['checkout'], firingAlertCount: 2 });
    expect(incident?.changes).toEqual([{ change: { title: 'checkout 7.1' } }]);

    await send('acknowledge', 'checkout-down', down);
    expect((await incidents())[0]).toMatchObject({ phase: 'ACKNOWLEDGED', acknowledgedBy: 'Shop' });
    await send('resolve', 'checkout-down', down);
    await send('resolve', data['dedup_key'], slow);
    const [ended] = await incidents();
    expect(ended?.alerts.nodes.map(({ title, status }) => [title, status]).toSorted()).toEqual([
      ['Checkout is down', 'RESOLVED'],
      ['Checkout is slow', 'RESOLVED'],
    ]);
  });

  it('hears of its mistakes as it would there', async () => {
    const wrong = await send('trigger', undefined, payload(' ', 'checkout'));
    expect(wrong).toMatchObject({ status: 400, data: { status: 'invalid event', message: 'Event object is invalid' } });
  });
});
