import { defaultIgnoreLabels, defaultVolatileAnnotations, type Integration } from '@tocsin/schema/domain/source';

/** The time of receipt that the expected files were written for. */
export const receivedAt = Date.parse('2026-11-20T09:00:00.000Z');

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
    staleAfterSeconds: 3600,
    staleAction: 'keep',
    createdAt: receivedAt,
    firstReceivedAt: null,
    lastReceivedAt: null,
    ...overrides,
  };
}
