import { expect, test } from 'vitest';
import { receivedAt, testIntegration, testRequest } from '../integration.fixture.js';
import { generic } from './generic.js';

const deploy = {
  type: 'deploy',
  title: 'crane-control 4.2',
  service: 'crane-control',
  env: 'live',
  id: 'build-42',
  time: '2026-11-20T08:50:00Z',
  url: 'https://ci.harbour.example/42',
  details: { commit: '9f1c2d' },
};
const parse = (body: unknown, integration = testIntegration()) => generic.parse(body, integration, testRequest());

test('a body that says it is a deploy is a change and opens nothing', () => {
  expect(parse(deploy)).toEqual({
    ok: true,
    alerts: [],
    rejected: [],
    changes: [
      {
        key: 'build-42',
        title: 'crane-control 4.2',
        service: 'crane-control',
        environment: 'production',
        occurredAt: Date.parse('2026-11-20T08:50:00Z'),
        links: [{ title: 'Change', url: 'https://ci.harbour.example/42' }],
        details: { commit: '9f1c2d' },
      },
    ],
  });
});

test('a time that lies ahead is the receipt, and service and environment may come from labels', () => {
  const ahead = {
    type: 'release',
    title: 'x',
    time: '2026-11-20T10:00:00Z',
    labels: { service_name: 'crane', env: 'test' },
  };
  expect(parse(ahead)).toMatchObject({
    changes: [{ occurredAt: receivedAt, service: 'crane', environment: 'test' }],
  });
});

test('with a status it is an alert about the deploy, and so is any other type', () => {
  expect(parse({ ...deploy, status: 'failed' })).toMatchObject({ alerts: [{ status: 'firing' }] });
  expect(parse({ ...deploy, type: 'deploy-failed' })).toMatchObject({ alerts: [{ status: 'firing' }] });
});

test('a change without a title, or at no time, is refused', () => {
  expect(parse({ type: 'deploy' })).toMatchObject({ ok: false, path: 'title' });
  expect(parse({ ...deploy, time: 'soon' })).toMatchObject({ ok: false, path: 'time' });
});
