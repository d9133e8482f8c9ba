import { createHmac } from 'node:crypto';
import { createSealer } from '@tocsin/schema/runtime/sealer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addSender, startProduct, type GraphqlAnswer, type Product } from '../support/product.js';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';

const signingSecret = 'what Grafana and we know';
const mutation = `mutation ($id: ID!, $secret: String) {
  setSigningSecret(integrationId: $id, secret: $secret) { hasSigningSecret } }`;

describe('signing secrets', () => {
  let database: TestDatabase;
  let product: Product;
  let keyless: Product;
  let sender: { readonly id: number; readonly secret: string };
  beforeAll(async () => {
    database = await createTestDatabase();
    const sealer = createSealer('a key that is long enough to be one');
    product = await startProduct(database.url, { isStarted: false, sealer });
    keyless = await startProduct(database.url, { isStarted: false });
    sender = await addSender(database.pool, 'grafana');
  });
  afterAll(async () => {
    await Promise.all([product.stop(), keyless.stop()]);
    await database.drop();
  });

  const body = JSON.stringify({
    version: '1',
    orgId: 1,
    alerts: [
      { status: 'firing', labels: { alertname: 'Slow' }, startsAt: new Date().toISOString(), fingerprint: 'ab' },
    ],
  });
  async function send(signature: string | null, to = product): Promise<number> {
    const signed = signature === null ? {} : { 'X-Grafana-Alerting-Signature': signature };
    const headers = { authorization: `Bearer ${sender.secret}`, ...signed };
    return (await fetch(`${to.url}/webhooks/grafana`, { method: 'PUT', headers, body })).status;
  }
  const sign = (secret: string): string => createHmac('sha256', secret).update(body).digest('hex');
  const set = (secret: string | null, through = product): Promise<GraphqlAnswer> =>
    through.graphql(mutation, { id: String(sender.id), secret });
  /** What was stored is known for two seconds at most. */
  const untilKnown = async (status: number): Promise<void> => {
    await expect.poll(() => send(null), { timeout: 5_000, interval: 200 }).toBe(status);
  };

  it('are not needed as long as none is set', async () => {
    expect(await send(null)).toBe(200);
    expect(await send('anything')).toBe(200);
  });

  it('are refused where there is no key to keep them under', async () => {
    const { errors } = await set(signingSecret, keyless);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'INVALID_INPUT', field: 'secret' });
    expect(JSON.stringify(errors)).toContain('TOCSIN_SECRET_KEY');
  });

  it('once set let only what is signed with them in, and keep nothing of the rest', async () => {
    expect((await set(signingSecret)).data).toEqual({ setSigningSecret: { hasSigningSecret: true } });
    await untilKnown(401);
    expect(await send(sign(signingSecret))).toBe(200);
    expect(await send(sign('another'))).toBe(401);
    const { rowCount } = await database.pool.query('select from dead_letter');
    expect(rowCount).toBe(0);
  });

  it('are not to be seen in the database', async () => {
    const { rows } = await database.pool.query<{ text: string }>('select integration::text as text from integration');
    const hex = Buffer.from(signingSecret).toString('hex');
    for (const { text } of rows) expect(text.includes(signingSecret) || text.includes(hex)).toBe(false);
  });

  it('stop a process that cannot read them from taking anything in: 503, and the sender sends again', async () => {
    expect(await send(sign(signingSecret), keyless)).toBe(503);
  });

  it('can be taken away again', async () => {
    expect((await set(null)).data).toEqual({ setSigningSecret: { hasSigningSecret: false } });
    await untilKnown(200);
  });
});
