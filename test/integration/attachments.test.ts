import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiServer, startApi } from '../support/apiServer.js';
import { addIncident } from '../support/fixtures.js';
import { createTestPerson } from '../support/people.js';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';

describe('attachments', () => {
  let database: TestDatabase;
  let server: ApiServer;
  let origin: string;
  let incidentId: number;
  beforeAll(async () => {
    database = await createTestDatabase();
    server = await startApi(database);
    origin = new URL(server.url).origin;
    incidentId = (await addIncident(database.pool)).id;
  });
  afterAll(async () => {
    await server.stop();
    await database.drop();
  });

  const headersOf = (token: string | null) => (token === null ? {} : { authorization: `Bearer ${token}` });
  function upload(
    content: NonNullable<RequestInit['body']>,
    headers: Readonly<Record<string, string>> = {},
    token: string | null = server.token,
  ) {
    return fetch(`${origin}/attachments?incident=${incidentId}`, {
      method: 'POST',
      body: content,
      headers: { 'x-file-name': 'log.txt', ...headersOf(token), ...headers },
    });
  }
  const get = (url: string, token: string | null = server.token) => fetch(origin + url, { headers: headersOf(token) });
  const urlOf = async (response: Response) => String(((await response.json()) as { url: string }).url);

  it('gives back the bytes that were sent, as a download under its name', async () => {
    const content = Uint8Array.from({ length: 70_000 }, (_, n) => n % 251);
    const sent = await upload(content, { 'x-file-name': encodeURIComponent('Größe "1".bin') });
    expect(sent.status).toBe(201);
    const back = await get(await urlOf(sent));
    expect(new Uint8Array(await back.arrayBuffer())).toEqual(content);
    expect(back.headers.get('content-disposition')).toBe(
      `attachment; filename="Gr__e _1_.bin"; filename*=UTF-8''Gr%C3%B6%C3%9Fe%20%221%22.bin`,
    );
  });

  it('serves a page that claims to be a picture as neither', async () => {
    const html = '<html><script>alert(1)</script></html>';
    const sent = await upload(html, { 'content-type': 'image/png', 'x-file-name': 'cat.png' });
    const back = await get(await urlOf(sent));
    expect(back.headers.get('content-type')).toBe('application/octet-stream');
    expect(back.headers.get('x-content-type-options')).toBe('nosniff');
    expect(back.headers.get('content-security-policy')).toContain('sandbox');
    expect(back.headers.get('content-disposition')).toMatch(/^attachment;/);
  });

  it('refuses what is too large, empty or nameless', async () => {
    expect((await upload(new Uint8Array(10 * 1024 * 1024 + 1))).status).toBe(413);
    expect((await upload('')).status).toBe(400);
    expect((await upload('x', { 'x-file-name': '%2e%2e' })).status).toBe(400);
    expect((await upload('x', { 'x-file-name': '%zz' })).status).toBe(400);
    const largest = await upload(new Uint8Array(10 * 1024 * 1024).fill(1));
    expect(largest.status).toBe(201);
  });

  it('refuses who is nobody, may not, or is a page of somebody else', async () => {
    const viewer = await createTestPerson(database.pool, { handle: 'val', role: 'viewer' });
    expect((await upload('x', {}, null)).status).toBe(401);
    expect((await upload('x', {}, viewer.token)).status).toBe(403);
    expect((await upload('x', { origin: 'https://evil.example' })).status).toBe(403);
    const url = await urlOf(await upload('x'));
    expect((await get(url, null)).status).toBe(401);
    expect((await get(url, viewer.token)).status).toBe(200);
  });

  it('hides what belongs to a restricted incident from who may not see it', async () => {
    const url = await urlOf(await upload('secret'));
    await database.pool.query('update incident set is_restricted = true where id = $1', [incidentId]);
    const viewer = await createTestPerson(database.pool, { handle: 'vic', role: 'viewer' });
    expect((await get(url, viewer.token)).status).toBe(404);
    expect((await get(url)).status).toBe(200);
    await database.pool.query('update incident set is_restricted = false where id = $1', [incidentId]);
  });

  it('has nothing left of what was deleted', async () => {
    const url = await urlOf(await upload('gone'));
    const id = url.split('/').at(-1);
    await server.ask(`mutation { deleteAttachment(id: ${id}) { id } }`);
    expect((await get(url)).status).toBe(404);
    const { rowCount } = await database.pool.query('select from attachment_content where attachment_id = $1', [id]);
    expect(rowCount).toBe(0);
  });

  it('takes fifty for an incident and no more', async () => {
    const other = (await addIncident(database.pool)).id;
    await database.pool.query(
      `insert into attachment (incident_id, name, media_type, bytes, hash, uploaded_by, uploaded_at)
       select $1, 'n' || n, 'text/plain', 1, decode(repeat('00', 32), 'hex'), 'ada', now() from generate_series(1, 50) n`,
      [other],
    );
    const refused = await fetch(`${origin}/attachments?incident=${other}`, {
      method: 'POST',
      body: 'x',
      headers: { 'x-file-name': 'x', ...headersOf(server.token) },
    });
    expect(refused.status).toBe(400);
  });
});
