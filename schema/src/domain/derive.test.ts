import { describe, expect, test } from 'vitest';
import { deriveFields, deriveTraceId } from './derive.js';
import { environmentKey } from './deriveEnvironment.js';

const plain = { labelAliases: [], environment: null };
const service = (labels: Record<string, string>) => deriveFields(labels, plain).service;
const environment = (labels: Record<string, string>) => deriveFields(labels, plain).environment;

describe('the service of an alert', () => {
  test.each([
    ['the OpenTelemetry name', { 'service.name': 'ledger', app: 'x', job: 'y' }, 'ledger'],
    ['the same name with underscores', { service_name: 'ledger', job: 'y' }, 'ledger'],
    ['the dotted spelling of two', { service_name: 'old', 'service.name': 'ledger' }, 'ledger'],
    ['the Kubernetes app label', { 'app.kubernetes.io/name': 'ledger', deployment: 'd' }, 'ledger'],
    ['app before the workload', { app: 'ledger', deployment: 'ledger-v2' }, 'ledger'],
    ['the deployment before job and service', { deployment: 'ledger', service: 's', job: 'j' }, 'ledger'],
    ['the dotted deployment', { 'k8s.deployment.name': 'ledger', service: 's' }, 'ledger'],
    ['the job of a cron job', { job_name: 'nightly-report', job: 'kube-state-metrics' }, 'nightly-report'],
    ['the workload of a pod', { pod: 'ledger-7c9d8b5f6-2xk4p', container: 'app', job: 'kube-state-metrics' }, 'ledger'],
    ['the workload of a stateful pod', { pod: 'kafka-0' }, 'kafka'],
    ['exported_service before service', { exported_service: 'ledger', service: 'blackbox' }, 'ledger'],
    ['service before job', { service: 'ledger', job: 'other' }, 'ledger'],
    ['job last', { job: 'ledger', instance: '10.0.0.4:9100' }, 'ledger'],
    ['the name in a job of an operator', { job: 'shop/ledger' }, 'ledger'],
    ['the workload of a pod with another hash', { pod: 'ledger-6ng4wr2tw-fbfdl' }, 'ledger'],
    ['the target of an exporter', { job: 'postgres-exporter', instance: 'ledger-db-0.data:9187' }, 'ledger-db'],
    ['the target of a probe', { job: 'blackbox', instance: 'https://ledger.shop.example/healthz' }, 'ledger'],
    ['the set of a volume', { persistentvolumeclaim: 'data-ledger-db-1', job: 'kubelet' }, 'ledger-db'],
    ['the cron job of a job', { job_name: 'ledger-29460378', job: 'kube-state-metrics' }, 'ledger'],
    ['the consumer of a group', { consumergroup: 'ledger-cg', job: 'kafka-exporter' }, 'ledger'],
    ['what a certificate secures', { name: 'ledger-tls', job: 'cert-manager' }, 'ledger'],
    ['the exporter itself where it is the workload', { deployment: 'kube-state-metrics' }, 'kube-state-metrics'],
  ])('is %s', (_, labels, expected) => {
    expect(service(labels)).toBe(expected);
  });

  test.each([
    'kube-state-metrics',
    'node-exporter',
    'node_exporter',
    'node',
    'kubelet',
    'cadvisor',
    'blackbox',
    'blackbox-exporter',
    'integrations/postgres_exporter',
    'monitoring-kube-state-metrics',
    'Windows_Exporter',
  ])('is never the exporter %s', (exporter) => {
    expect(service({ alertname: 'X', job: exporter, service: exporter })).toBeNull();
  });

  test('is null where no label names one', () => {
    expect(service({ alertname: 'X', namespace: 'shop', pod: 'standalone', app: '  ' })).toBeNull();
  });

  test('is first what the integration says', () => {
    const integration = {
      labelAliases: [
        { field: 'service', label: 'component.id' },
        { field: 'environment', label: 'stage' },
      ] as const,
      environment: 'production',
    };
    const labels = { component_id: 'ledger', 'service.name': 'other', stage: 'canary', env: 'x' };
    expect(deriveFields(labels, integration)).toMatchObject({ service: 'ledger', environment: 'canary' });
  });

  test('fits an index row', () => {
    expect(service({ app: 'x'.repeat(5_000) })?.length).toBe(256);
  });
});

describe('the environment of an alert', () => {
  test.each([
    [{ 'deployment.environment.name': 'a', 'deployment.environment': 'b', env: 'c' }, 'a'],
    [{ deployment_environment: 'b', environment: 'c' }, 'b'],
    [{ exported_environment: 'b', environment: 'c' }, 'b'],
    [{ env: 'c' }, 'c'],
    [{ cluster: 'c' }, null],
    [{ cluster: 'shop-prod' }, 'production'],
    [{ cluster: 'eks-stg-2', namespace: 'prod' }, 'staging'],
    [{ namespace: 'ledger-dev' }, 'development'],
    [{ cluster: 'prod-of-staging' }, null],
    [{ cluster: 'products' }, null],
  ])('of %j is %s', (labels, expected) => {
    expect(environment({ ...labels })).toBe(expected);
  });

  test('is the default of the integration where no label names one', () => {
    expect(deriveFields({ alertname: 'X' }, { ...plain, environment: 'staging' }).environment).toBe('staging');
  });
});

describe('other fields of an alert', () => {
  const fields = (labels: Record<string, string>) => deriveFields(labels, plain);

  test('are the machine by its name, or by the target of its exporter', () => {
    expect(fields({ node: 'worker-3', instance: '10.0.0.3:10250', job: 'kubelet' }).host).toBe('worker-3');
    expect(fields({ instance: '10.0.0.3:9100', job: 'node-exporter' })).toMatchObject({
      host: '10.0.0.3',
      service: null,
    });
    expect(fields({ instance: '10.0.0.3:8080', job: 'ledger' }).host).toBeNull();
  });

  test('are namespace, cluster and zone', () => {
    const labels = {
      exported_namespace: 'shop',
      namespace: 'monitoring',
      cluster: 'c',
      'cloud.availability_zone': 'a',
    };
    expect(fields(labels)).toMatchObject({ namespace: 'shop', cluster: 'c', zone: 'a' });
  });
});

test('environments are compared by what they mean', () => {
  expect(['prod', ' Production', 'PRD'].map(environmentKey)).toEqual(['production', 'production', 'production']);
  expect(['production-eu', '', null].map(environmentKey)).toEqual(['production-eu', null, null]);
});

test('a label named __proto__ derives nothing and breaks nothing', () => {
  const labels: unknown = JSON.parse('{"__proto__":"x","constructor":"y","service":"ledger"}');
  expect(service(labels as Record<string, string>)).toBe('ledger');
});

test('a trace id is 32 hex digits and not all zero', () => {
  expect(deriveTraceId({}, { trace_id: '4BF92F3577B34DA6A3CE929D0E0E4736' })).toBe('4bf92f3577b34da6a3ce929d0e0e4736');
  expect(deriveTraceId({ trace_id: '0'.repeat(32) })).toBeNull();
  expect(deriveTraceId({ trace_id: '4bf92f35' })).toBeNull();
});
