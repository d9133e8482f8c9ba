import { defaultIgnoreLabels, defaultVolatileAnnotations, type Integration } from '@tocsin/schema/domain/source';
import type { SourceRequest } from './sources/source.js';

/** The time of receipt that the expected files were written for. */
export const receivedAt = Date.parse('2026-11-20T09:00:00.000Z');

/** The request that brought a body, without any headers unless some are given. */
export function testRequest(overrides: Partial<SourceRequest> = {}): SourceRequest {
  return { receivedAt, headers: {}, contentType: 'application/json', ...overrides };
}

/** A sender for tests, with the defaults of a new one. */
export function testIntegration(overrides: Partial<Integration> = {}): Integration {
  return {
    id: 7,
    name: 'harbour',
    source: 'generic',
    team: null,
    environment: null,
    ignoreLabels: defaultIgnoreLabels,
    volatileAnnotations: defaultVolatileAnnotations,
    labelAliases: [],
    mapping: [],
    staleAfterSeconds: 3600,
    staleAction: 'keep',
    heartbeatSeconds: null,
    reconcileUrl: null,
    topics: [],
    hasSigningSecret: false,
    createdAt: receivedAt,
    firstReceivedAt: null,
    lastReceivedAt: null,
    ...overrides,
  };
}
