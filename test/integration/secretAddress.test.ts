import { createSealer } from '@tocsin/schema/runtime/sealer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiServer, type Ask, startApi } from '../support/apiServer.js';
import { codeOf, only, saveChannel } from '../support/notifyApi.js';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';

describe('a stored secret', () => {
  let database: TestDatabase;
  let server: ApiServer;
  let manager: Ask;
  beforeAll(async () => {
    database = await createTestDatabase();
    server = await startApi(database, { sealer: createSealer('a key of thirty-two characters or more') });
    manager = await server.as({ handle: 'max', role: 'manager' });
  });
  afterAll(async () => {
    await server.stop();
    await database.drop();
  });

  const bot = (apiUrl: string | null, room = '#ops') => [
    { name: 'room', value: room },
    ...(apiUrl === null ? [] : [{ name: 'apiUrl', value: apiUrl }]),
  ];
  const url = (value: string) => [{ name: 'url', value }];
  const made = async (input: object): Promise<unknown> => only(await server.ask(saveChannel, { input }))['id'];
  const secretMissing = [{ extensions: { code: 'INVALID_INPUT', field: 'secret' } }];

  const token = JSON.stringify({ token: 'xoxb-1', signingSecret: 's' });
  const hook = JSON.stringify({ authorization: 'Bearer abc' });
  const inside = JSON.stringify({ url: 'https://in.example/a' });
  it.each([
    ['SLACK_BOT', token, bot(null), bot('https://evil.example'), bot(null, '#other')],
    ['SLACK_BOT', token, bot('https://s.example/a'), bot(null), bot('https://s.example/b')],
    ['WEBHOOK', hook, url('https://a.example/x'), url('https://a.example:8443/x'), url('https://a.example/y')],
    ['WEBHOOK', hook, url('https://a.example/x'), url('http://a.example/x'), url('https://a.example:443/x')],
    ['WEBHOOK', hook, [], url('https://evil.example/x'), []],
    ['WEBHOOK', inside, [], null, url('https://unused.example/')],
  ])('of a %s channel does not follow it to another host: %s', async (kind, secret, settings, elsewhere, same) => {
    const input = { name: `Channel ${Math.random()}`, kind, settings, secret };
    const id = await made(input);
    const kept = { ...input, id, secret: null };
    if (elsewhere !== null) {
      const moved = { ...kept, settings: elsewhere };
      expect((await manager(saveChannel, { input: moved })).errors).toMatchObject(secretMissing);
      expect((await server.ask(saveChannel, { input: moved })).errors).toMatchObject(secretMissing);
    }
    expect((await manager(saveChannel, { input: { ...kept, settings: same } })).errors).toEqual([]);
    if (elsewhere === null) return;
    expect((await manager(saveChannel, { input: { ...kept, settings: elsewhere, secret } })).errors).toEqual([]);
  });

  it.each([
    ['WEBHOOK', { settings: url('http://10.0.0.1/a') }, { settings: url('http://10.0.0.1/b') }],
    ['SLACK_BOT', { settings: bot('http://10.0.0.1'), secret: token }, { settings: bot('http://10.0.0.2') }],
    ['TEAMS', { settings: [], secret: 'http://10.0.0.1/a' }, { secret: 'http://10.0.0.2/a' }],
    ['SLACK_WEBHOOK', { settings: [], secret: 'http://10.0.0.1/a' }, { secret: 'http://10.0.0.1/b' }],
  ])('and the leave to reach a private network are for one address of a %s channel', async (kind, first, other) => {
    const input = { name: `Inside ${kind}`, kind, ...first, mayReachPrivate: true };
    const id = await made(input);
    const renamed = { ...input, id, name: `Renamed ${kind}`, secret: null };
    expect((await manager(saveChannel, { input: renamed })).errors).toEqual([]);
    const moved = { ...input, id, ...other };
    expect(codeOf(await manager(saveChannel, { input: moved }))).toBe('FORBIDDEN');
    expect((await server.ask(saveChannel, { input: moved })).errors).toEqual([]);
    expect((await manager(saveChannel, { input: { ...input, id, mayReachPrivate: false } })).errors).toEqual([]);
  });

  it('that an integration is reconciled with does not follow it to another host', async () => {
    const create =
      'mutation ($input: CreateIntegrationInput!) { createIntegration(input: $input) { integration { id } } }';
    const update =
      'mutation ($id: ID!, $input: UpdateIntegrationInput!) { updateIntegration(id: $id, input: $input) { reconcileUrl } }';
    const reconcileUrl = 'http://am.example:9093/';
    const input = { name: 'Prod', source: 'ALERTMANAGER', reconcileUrl, reconcileToken: 'abc' };
    // our own API's answer: a wrong shape fails the assertion that reads it
    const { integration } = only(await server.ask(create, { input })) as { integration: { id: string } };
    const save = async (change: object) => (await manager(update, { id: integration.id, input: change })).errors;
    const refused = [{ extensions: { code: 'INVALID_INPUT', field: 'reconcileToken' } }];
    const elsewhere = { reconcileUrl: 'http://evil.example:9093/' };
    expect(await save(elsewhere)).toMatchObject(refused);
    expect(await save({ name: 'Renamed', reconcileUrl: `${reconcileUrl}path` })).toEqual([]);
    // Not in two steps either.
    expect(await save({ reconcileUrl: null })).toEqual([]);
    expect(await save(elsewhere)).toMatchObject(refused);
    expect(await save({ ...elsewhere, reconcileToken: 'new' })).toEqual([]);
    expect(await save({ reconcileUrl, reconcileToken: null })).toEqual([]);
    expect(await save(elsewhere)).toEqual([]);
  });
});
