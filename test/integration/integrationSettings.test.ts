import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addSender, startProduct, type GraphqlAnswer, type Product } from '../support/product.js';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';

const shown = `id name ignoreLabels volatileAnnotations labelAliases { field label }
  heartbeatSeconds reconcileUrl hasSigningSecret isSilent`;

describe('the settings of an integration', () => {
  let database: TestDatabase;
  let product: Product;
  beforeAll(async () => {
    database = await createTestDatabase();
    product = await startProduct(database.url, { isStarted: false });
  });
  afterAll(async () => {
    await product.stop();
    await database.drop();
  });

  const create = (input: object): Promise<GraphqlAnswer> =>
    product.graphql(
      `mutation ($input: CreateIntegrationInput!) { createIntegration(input: $input) { integration { ${shown} } } }`,
      { input },
    );
  const update = (id: string, input: object): Promise<GraphqlAnswer> =>
    product.graphql(
      `mutation ($id: ID!, $input: UpdateIntegrationInput!) { updateIntegration(id: $id, input: $input) { ${shown} } }`,
      { id, input },
    );
  const settings = {
    ignoreLabels: ['pod'],
    volatileAnnotations: ['value'],
    labelAliases: [
      { field: 'service', label: 'component' },
      { field: 'environment', label: 'zone' },
    ],
    heartbeatSeconds: 600,
    reconcileUrl: 'http://alertmanager:9093/',
  };

  it('are taken at the creation, changed one by one, and taken away', async () => {
    const { data } = await create({ name: 'Prod', source: 'ALERTMANAGER', ...settings });
    const unset = { hasSigningSecret: false, isSilent: false };
    // our own API's answer: a wrong shape fails the assertion that reads it
    const created = data?.['createIntegration'] as { readonly integration: { readonly id: string } } | undefined;
    expect(created?.integration).toMatchObject({ ...settings, ...unset });
    const id = created?.integration.id ?? '';
    const changed = await update(id, { labelAliases: [{ field: 'service', label: 'app' }] });
    expect(changed.data?.['updateIntegration']).toMatchObject({
      ...settings,
      labelAliases: [{ field: 'service', label: 'app' }],
    });
    const emptied = await update(id, { heartbeatSeconds: null, reconcileUrl: null, labelAliases: [] });
    expect(emptied.data?.['updateIntegration']).toMatchObject({
      heartbeatSeconds: null,
      reconcileUrl: null,
      labelAliases: [],
    });
  });

  it('hold the topics of Amazon SNS that are listened to', async () => {
    const topics = ['arn:aws:sns:eu-central-1:210987654321:alarms', 'arn:aws-cn:sns:cn-north-1:210987654321:a.fifo'];
    const { data } = await create({ name: 'AWS', source: 'CLOUDWATCH', topics });
    // our own API's answer: a wrong shape fails the assertion that reads it
    const created = data?.['createIntegration'] as { readonly integration: { readonly id: string } } | undefined;
    const id = created?.integration.id ?? '';
    const read = async () =>
      (await product.graphql('query ($id: ID!) { integration(id: $id) { topics } }', { id })).data;
    expect(await read()).toEqual({ integration: { topics } });
    await update(id, { topics: [] });
    expect(await read()).toEqual({ integration: { topics: [] } });
  });

  it.each([
    [{ heartbeatSeconds: 59 }, 'heartbeatSeconds'],
    [{ labelAliases: [{ field: 'team', label: 'x' }] }, 'labelAliases[0].field'],
    [{ labelAliases: [{ field: 'service', label: ' ' }] }, 'labelAliases[0].label'],
    [{ reconcileUrl: 'file:///etc/passwd' }, 'reconcileUrl'],
    [{ source: 'GENERIC', reconcileUrl: 'http://am:9093' }, 'reconcileUrl'],
    [{ reconcileUrl: 'http://169.254.169.254/latest/meta-data' }, 'reconcileUrl'],
    [{ reconcileUrl: 'http://0xa9fea9fe/' }, 'reconcileUrl'],
    [{ reconcileUrl: 'http://[fe80::1]:9093' }, 'reconcileUrl'],
    [{ reconcileUrl: 'http://[::ffff:169.254.169.254]/' }, 'reconcileUrl'],
    [{ reconcileUrl: 'http://Metadata.Google.internal./computeMetadata' }, 'reconcileUrl'],
    [{ topics: ['arn:aws:sns:eu-central-1:210987654321:alarms'] }, 'topics'],
    [{ source: 'CLOUDWATCH', topics: ['alarms'] }, 'topics'],
    [{ reconcileToken: 'there is no key to keep it under' }, 'reconcileToken'],
  ])('are refused where they are wrong: %j', async (input, field) => {
    const count = async () => (await database.pool.query('select from integration')).rowCount;
    const before = await count();
    const { errors } = await create({ name: 'Wrong', source: 'ALERTMANAGER', ...input });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'INVALID_INPUT', field });
    expect(await count()).toBe(before);
  });

  it('decide what a delivery means: an alias names the service', async () => {
    const { id, secret } = await addSender(database.pool, 'generic');
    await update(String(id), { labelAliases: [{ field: 'service', label: 'component' }] });
    await product.post('/webhooks/generic', { title: 'Slow', labels: { component: 'mailer' } }, secret);
    const { rows } = await database.pool.query('select service from alert');
    expect(rows).toEqual([{ service: 'mailer' }]);
  });
});

describe('replaying dead letters', () => {
  let database: TestDatabase;
  let product: Product;
  beforeAll(async () => {
    database = await createTestDatabase();
    product = await startProduct(database.url, { isStarted: false, now: () => Date.now() + 1_000 });
  });
  afterAll(async () => {
    await product.stop();
    await database.drop();
  });

  const replay = (integrationId: number, ids: readonly string[] | null): Promise<GraphqlAnswer> =>
    product.graphql(`mutation ($id: ID!, $ids: [ID!]) { replayDeadLetters(integrationId: $id, ids: $ids) }`, {
      id: String(integrationId),
      ids,
    });
  const letters = async (integrationId: number) =>
    (
      await database.pool.query<{ id: number; replayed_at: number | null; replay_error: string | null }>(
        'select id, replayed_at, replay_error from dead_letter where integration_id = $1 order by id',
        [integrationId],
      )
    ).rows;

  it('takes some or all of one integration, and of all only those that may still be stored', async () => {
    const { id, secret } = await addSender(database.pool, 'generic');
    const other = await addSender(database.pool, 'generic');
    for (const body of [{ status: 'ok' }, { title: 'x', status: 'odd' }, '{']) {
      await product.post('/webhooks/generic', body, secret);
    }
    await product.post('/webhooks/generic', '{', other.secret);
    const [first, second, third] = await letters(id);
    expect((await replay(id, [String(first?.id)])).data).toEqual({ replayDeadLetters: 1 });
    while ((await product.ingest.timers.runDue()) > 0);
    expect((await letters(id)).map(({ replayed_at: at }) => at !== null)).toEqual([true, false, false]);

    await database.pool.query('update dead_letter set replayed_at = now(), replay_error = null where id = $1', [
      second?.id,
    ]);
    expect((await replay(id, null)).data).toEqual({ replayDeadLetters: 2 });
    while ((await product.ingest.timers.runDue()) > 0);
    expect((await letters(id)).find((letter) => letter.id === third?.id)?.replay_error).toContain('JSON');
    expect((await letters(other.id))[0]?.replayed_at).toBeNull();
  });

  it('refuses those of another integration', async () => {
    const [mine, theirs] = [await addSender(database.pool, 'generic'), await addSender(database.pool, 'generic')];
    await product.post('/webhooks/generic', '{', theirs.secret);
    const [letter] = await letters(theirs.id);
    const { errors } = await replay(mine.id, [String(letter?.id)]);
    expect(errors?.[0]?.extensions['code']).toBe('NOT_FOUND');
  });
});
