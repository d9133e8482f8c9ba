import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { boundedKey, fingerprintOfLabels } from './fingerprint.js';

/** Published by prometheus/common, grafana/alerting, grafana/oncall and live Alertmanager payloads. */
const vectors: readonly (readonly [Record<string, string>, string])[] = [
  [{}, 'cbf29ce484222325'],
  [{ name: 'garland, briggs', fear: 'love is not enough' }, '507a62d79ee76c9a'],
  [{ alertname: 'alert1', lbl1: 'val1' }, 'fac0861a85de433a'],
  [{ alertname: 'DiskRunningFull', dev: 'sda3', instance: 'example3', severity: 'critical' }, 'ad592b0afcbe2e79'],
  [{ alertname: 'TestAlert', instance: 'Grafana' }, '57c6d9296de2ad39'],
  [
    { job: 'node', group: 'production', instance: 'localhost:8081', severity: 'critical', alertname: 'InstanceDown' },
    'f404ecabc8dd5cd7',
  ],
  [
    { job: 'node', group: 'canary', instance: 'localhost:8082', severity: 'critical', alertname: 'InstanceDown' },
    'f8f08d4e32c61a9d',
  ],
];

/** The definition, word for word. */
function reference(labels: Record<string, string>): string {
  let h = 0xcbf29ce484222325n;
  const names = Object.keys(labels).filter((name) => labels[name] !== '');
  names.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  for (const name of names) {
    for (const byte of [...Buffer.from(name), 0xff, ...Buffer.from(labels[name] ?? ''), 0xff]) {
      h = BigInt.asUintN(64, (h ^ BigInt(byte)) * 1099511628211n);
    }
  }
  return h.toString(16).padStart(16, '0');
}

describe('fingerprintOfLabels', () => {
  test.each(vectors)('hashes %j as Prometheus does', (labels, fingerprint) => {
    expect(fingerprintOfLabels(labels)).toBe(fingerprint);
  });

  test('sorts names by their UTF-8 bytes, not by UTF-16 units', () => {
    const labels = { Zone: 'a', alertname: 'ü', '😀': 'x', '～': 'y' };
    expect(fingerprintOfLabels(labels)).toBe('0e0f27d772cdb5c0');
  });

  test('does not count empty-valued labels, which Alertmanager drops before it hashes', () => {
    expect(fingerprintOfLabels({ alertname: 'alert1', lbl1: 'val1', severity: '' })).toBe('fac0861a85de433a');
  });

  test('agrees with the definition for any labels', () => {
    const text = fc.oneof(fc.string({ maxLength: 12 }), fc.string({ unit: 'binary', maxLength: 12 }));
    fc.assert(
      fc.property(fc.dictionary(text, text), (labels) => {
        expect(fingerprintOfLabels(labels)).toBe(reference(labels));
      }),
      { numRuns: 2_000 },
    );
  });

  test('agrees with the definition beyond the scratch buffer', () => {
    const labels = { alertname: 'Large', note: 'é'.repeat(60_000), plain: 'x'.repeat(70_000) };
    expect(fingerprintOfLabels(labels)).toBe(reference(labels));
  });

  test('hashes a lone surrogate as the replacement character', () => {
    expect(fingerprintOfLabels({ a: 'x\ud800y' })).toBe(reference({ a: 'x\ufffdy' }));
  });

  test('leaves out the labels it is told to', () => {
    expect(fingerprintOfLabels({ alertname: 'alert1', lbl1: 'val1', replica: 'a' }, ['replica'])).toBe(
      'fac0861a85de433a',
    );
  });
});

describe('boundedKey', () => {
  test('keeps a key that fits', () => {
    expect(boundedKey('order-42')).toBe('order-42');
  });

  test('keeps long keys apart and within the limit', () => {
    const a = boundedKey(`${'k'.repeat(5_000)}a`);
    const b = boundedKey(`${'k'.repeat(5_000)}b`);
    expect(a).not.toBe(b);
    expect(a.length).toBeLessThanOrEqual(255);
  });
});
