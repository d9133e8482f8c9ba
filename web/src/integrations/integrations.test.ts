import { describe, expect, it } from 'vitest';
import { stateOf } from './integrationState.ts';
import { arrivalText, presentOutcomes } from './outcomes.ts';
import { inputOf } from './integrationSettings.ts';
import { prettyBody } from './prettyBody.ts';
import { withSecret } from './withSecret.ts';

describe('whether a sender is alive', () => {
  const heard = { lastReceivedAt: '2026-03-01T10:00:00.000Z', staleAfterSeconds: 300, isSilent: false };
  const at = Date.parse(heard.lastReceivedAt);

  it('is silent only after its stale time', () => {
    expect(stateOf(heard, at + 300_000)).toBe('alive');
    expect(stateOf(heard, at + 300_001)).toBe('silent');
  });

  it('is not silent before it has ever spoken', () => {
    expect(stateOf({ ...heard, lastReceivedAt: null }, at)).toBe('never');
  });

  it('is silent at once when the server says that its heartbeat is missing', () => {
    expect(stateOf({ ...heard, isSilent: true }, at)).toBe('silent');
  });
});

describe('the settings of an integration', () => {
  const settings = {
    name: ' Prometheus ',
    environment: '',
    team: 'payments',
    staleAfterMinutes: 15,
    staleAction: 'KEEP',
    heartbeatMinutes: '',
    reconcileUrl: '',
    reconcileToken: '',
    topics: [],
    ignoreLabels: [],
    volatileAnnotations: [],
    labelAliases: [],
  } as const;

  it('take away what was left empty', () => {
    const input = inputOf({ ...settings, labelAliases: [{ field: 'service', label: ' ' }] });
    expect(input).toMatchObject({ environment: null, heartbeatSeconds: null, reconcileUrl: null, labelAliases: [] });
  });

  it('leave a token that was not typed as it is', () => {
    expect(inputOf(settings)).not.toHaveProperty('reconcileToken');
    expect(inputOf({ ...settings, reconcileToken: 't' })).toHaveProperty('reconcileToken', 't');
  });

  it('are sent in seconds', () => {
    expect(inputOf({ ...settings, heartbeatMinutes: 1.5 })).toMatchObject({
      staleAfterSeconds: 900,
      heartbeatSeconds: 90,
    });
  });
});

describe('what a delivery did', () => {
  const counts = [
    { outcome: 'repeated', count: 1 },
    { outcome: 'opened', count: 2 },
    { outcome: 'ignored', count: 0 },
  ];

  it('is said in one line, what matters first', () => {
    expect(arrivalText(counts)).toBe('3 alerts, 2 opened, 1 repeated');
    expect(arrivalText([{ outcome: 'opened', count: 1 }])).toBe('1 alert, 1 opened');
    expect(arrivalText([{ outcome: 'changes', count: 1 }])).toBe('1 change');
  });

  it('leaves out what did not happen', () => expect(presentOutcomes(counts)).toHaveLength(2));
});

describe('the body of a dead letter', () => {
  it('is laid out when it is JSON', () => expect(prettyBody('{"a":[1]}')).toBe('{\n  "a": [\n    1\n  ]\n}'));

  it('is shown as it came when it is not, control characters made visible', () => {
    expect(prettyBody('{"a":')).toBe('{"a":');
    expect(prettyBody('a\u0000b\u001b[31m\nc')).toBe('a\u2400b\u241b[31m\nc');
  });
});

describe('a snippet', () => {
  it('gets the secret wherever it belongs, signs of replacement patterns included', () => {
    expect(withSecret('a {{secret}} b {{secret}}', "s$&'")).toBe("a s$&' b s$&'");
  });
});
