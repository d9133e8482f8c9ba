import { describe, expect, it, test } from 'vitest';
import { natureOf } from './correlateWords.js';

const nature = (alertname: string, labels: Record<string, string> = {}) =>
  natureOf({ labels: { alertname, ...labels }, title: alertname });

describe('a symptom is what users or callers would notice', () => {
  test.each([
    'HighErrorRate',
    'Response time above objective',
    'p99 latency',
    'slow_responses',
    'Thread pool full',
    'ReplicasMissing',
    'pod_restarts',
    'PodUnhealthy',
    'BrokerOverloaded',
  ])('%s is one', (name) => expect(nature(name).isSymptom).toBe(true));

  test.each(['Disk nearly full', 'VolumeFillingUp', 'CPUThrottlingHigh', 'GcPauseLong'])('%s is none', (name) =>
    expect(nature(name).isSymptom).toBe(false),
  );
});

it('what expired or ran at its own hour was not caused elsewhere', () => {
  expect(nature('CertificateExpired').isOwnCause).toBe(true);
  expect(nature('CronJobFailed').isOwnCause).toBe(true);
  expect(nature('KubeJobFailed', { job_name: 'report-29460378' }).isOwnCause).toBe(true);
  expect(nature('WorkerJobFailuresHigh').isOwnCause).toBe(false);
  expect(nature('CertificateExpiringSoon')).toMatchObject({ isOwnCause: false, isUpkeep: true });
});

it('the trouble of the monitoring itself is upkeep', () => {
  expect(nature('PrometheusRuleFailures')).toMatchObject({ isSymptom: false, isUpkeep: true, isOwnCause: false });
});
