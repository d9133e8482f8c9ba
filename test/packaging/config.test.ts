import { readFile } from 'node:fs/promises';
import { parseIngestConfig } from '@tocsin/ingest/config';
import { ConfigError } from '@tocsin/schema/runtime/configError';
import { settings } from '@tocsin/schema/runtime/settings';
import { parseServerConfig, parseStandaloneConfig } from '@tocsin/server/config';
import { describe, expect, it } from 'vitest';
import { configurationTable, defaultOf, descriptionOf, readersOf } from '../support/configuration.js';
import { fromRoot } from '../support/root.js';

const stores = {
  DATABASE_URL: 'postgres://tocsin:pa55word@db:5432/tocsin',
  CLICKHOUSE_URL: 'http://tocsin:pa55word@clickhouse:8123/tocsin',
};

function problemsOf(parse: () => unknown): readonly string[] {
  try {
    parse();
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

describe('the configuration', () => {
  it('needs nothing for everything in one process', () => {
    const config = parseStandaloneConfig({ PATH: '/bin', DATABASE_URL: '', TOCSIN_OIDC_ISSUER: '' });
    expect(config).toMatchObject({
      databaseUrl: null,
      clickhouseUrl: null,
      host: '127.0.0.1',
      port: 4000,
      dataDir: './data',
    });
  });

  it('names every wrong variable at once, with what it should be', () => {
    const wrong = { TOCSIN_PORT: '70000', TOCSIN_LOG_LEVEL: 'loud', TOCSIN_PUBLIC_URL: 'tocsin.example.com' };
    expect(problemsOf(() => parseServerConfig({ ...wrong, CLICKHOUSE_URL: stores.CLICKHOUSE_URL }))).toEqual([
      'DATABASE_URL is missing: it should be a URL like postgres://user:password@host:5432/database.',
      'TOCSIN_PORT should be a whole number from 0 to 65535, not "70000".',
      'TOCSIN_PUBLIC_URL should be a URL like https://tocsin.example.com, not "tocsin.example.com".',
      'TOCSIN_LOG_LEVEL should be one of trace, debug, info, warn, error, fatal, silent, not "loud".',
    ]);
  });

  it('names an unknown variable and the one that was meant', () => {
    expect(problemsOf(() => parseStandaloneConfig({ TOCSIN_DATADIR: '/srv' }))).toEqual([
      'TOCSIN_DATADIR is not a setting of Tocsin: did you mean TOCSIN_DATA_DIR?',
    ]);
  });

  it('bears what Kubernetes sets for Services of its name, and other processes’ variables', () => {
    const links = {
      TOCSIN_SERVICE_HOST: '10.0.0.1',
      TOCSIN_INGEST_SERVICE_PORT: '80',
      TOCSIN_PORT_4000_TCP_ADDR: '10.0.0.1',
    };
    expect(problemsOf(() => parseIngestConfig({ ...stores, ...links, TOCSIN_PORT: 'tcp://10.0.0.1:4000' }))).toEqual(
      [],
    );
  });

  it('never repeats a secret, not even a wrong one', () => {
    const wrong = {
      TOCSIN_SECRET_KEY: 'geheim',
      DATABASE_URL: 'mysql://root:geheim@db/x',
      CLICKHOUSE_URL: 'tcp://x:geheim@y',
    };
    const problems = problemsOf(() => parseServerConfig(wrong));
    expect(problems).toHaveLength(3);
    expect(problems.join()).not.toContain('geheim');
  });

  it('says that the admin token is gone, without repeating it', () => {
    for (const parse of [parseServerConfig, parseStandaloneConfig]) {
      expect(problemsOf(() => parse({ ...stores, TOCSIN_ADMIN_TOKEN: 'a-token-of-some-length' }))).toEqual([
        'TOCSIN_ADMIN_TOKEN is gone: people sign in now. Remove it; the first start prints a link that creates the admin.',
      ]);
    }
  });

  it.each(['0.0.0.0', '::', '192.168.1.7', '127.0.0.1'])('serves %s: people sign in', (host) => {
    expect(problemsOf(() => parseServerConfig({ ...stores, TOCSIN_HOST: host }))).toEqual([]);
  });

  it('takes an identity provider whole or not at all, and none that makes admins', () => {
    const whole = {
      TOCSIN_OIDC_ISSUER: 'https://id.example.com/',
      TOCSIN_OIDC_CLIENT_ID: 'tocsin',
      TOCSIN_OIDC_CLIENT_SECRET: 'geheim',
    };
    expect(parseServerConfig({ ...stores, ...whole }).oidc).toEqual({
      issuer: 'https://id.example.com/',
      clientId: 'tocsin',
      clientSecret: 'geheim',
      name: 'single sign-on',
      defaultRole: 'viewer',
    });
    const half = { ...whole, TOCSIN_OIDC_CLIENT_ID: '' };
    expect(problemsOf(() => parseServerConfig({ ...stores, ...half }))).toEqual([
      'TOCSIN_OIDC_ISSUER, TOCSIN_OIDC_CLIENT_ID and TOCSIN_OIDC_CLIENT_SECRET belong together: set all three or none.',
    ]);
    const role = (value: string) => () =>
      parseServerConfig({ ...stores, ...whole, TOCSIN_OIDC_DEFAULT_ROLE: value }).oidc?.defaultRole;
    expect([role('none')(), role('responder')()]).toEqual([null, 'responder']);
    expect(problemsOf(role('admin'))).toHaveLength(1);
  });

  it('reads a list of proxies', () => {
    const proxies = (list: string) => () =>
      parseServerConfig({ ...stores, TOCSIN_TRUSTED_PROXIES: list }).trustedProxies;
    expect(proxies('10.0.0.0/8, ::1')()).toEqual(['10.0.0.0/8', '::1']);
    for (const wrong of ['10.0.0.0/33', 'proxy.internal', '::1/129'])
      expect(problemsOf(proxies(wrong))).toHaveLength(1);
  });

  it('lets ingest listen anywhere: its senders have secrets', () => {
    expect(parseIngestConfig({ ...stores, TOCSIN_INGEST_HOST: '0.0.0.0' }).host).toBe('0.0.0.0');
  });

  it('reads a list of origins', () => {
    const origins = (list: string) => parseServerConfig({ ...stores, TOCSIN_ALLOWED_ORIGINS: list }).allowedOrigins;
    expect(origins('https://a.example.com, http://localhost:5173')).toEqual([
      'https://a.example.com',
      'http://localhost:5173',
    ]);
    expect(problemsOf(() => origins('https://a.example.com/path'))).toHaveLength(1);
  });
});

describe('the documentation of the configuration', () => {
  it('has every variable with its default and meaning in the README', async () => {
    const readme = await readFile(fromRoot('README.md'), 'utf8');
    const [, table] = readme.split('<!-- configuration -->');
    expect(table?.trim()).toBe(configurationTable());
  });

  it('has every variable with its default and meaning in .env.example, and no other', async () => {
    const example = await readFile(fromRoot('.env.example'), 'utf8');
    const documented = [...example.matchAll(/^# (?<meaning>.+)\n#(?<name>[A-Z_]+)=(?<value>.*)$/gm)].map(
      ({ groups }) => groups,
    );
    const expected = Object.keys(settings).map((name) => {
      const value = defaultOf(readersOf(name)[0] ?? 'npm start', name);
      return { meaning: descriptionOf(name), name, value: value === 'required' ? '' : value };
    });
    expect(documented.map((entry) => ({ ...entry }))).toEqual(expected);
    expect(example.match(/^#?[A-Z_]+=/gm)).toHaveLength(expected.length);
  });
});
