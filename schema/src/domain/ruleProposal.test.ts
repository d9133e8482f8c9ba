import { describe, expect, test } from 'vitest';
import { proposalsFor, type NoisyAlert } from './ruleProposal.js';

const noisy: NoisyAlert = {
  name: 'Disk',
  nameIs: 'alertname',
  service: 'db',
  environment: null,
  episodes: 30,
  conditions: 1,
  mainFingerprint: 'f1',
  mainEpisodes: 30,
  flappingEpisodes: 0,
  incidents: 12,
  acknowledged: 0,
  shortEpisodes: 28,
  usualSeconds: 100,
  ruleId: null,
};
const propose = (change: Partial<NoisyAlert>) => proposalsFor([{ ...noisy, ...change }], [], 7);
const matchOf = (change: Partial<NoisyAlert>) => propose(change)[0]?.rules?.[0]?.match;

describe('a proposal', () => {
  test('is about a name where several conditions of it are noisy', () => {
    expect(matchOf({ conditions: 6, mainEpisodes: 8 })).toBe('labels.alertname == "Disk" && service == "db"');
  });

  test('is about the one condition that makes the noise, and leaves the others of its name alone', () => {
    const change = { conditions: 6, mainEpisodes: 25 };
    expect(matchOf(change)).toBe('labels.alertname == "Disk" && fingerprint == "f1" && service == "db"');
    expect(propose(change)[0]).toMatchObject({ kind: 'hold', title: expect.stringContaining('noisiest condition of') });
  });

  test('does not ask for a title that is another one each time', () => {
    expect(matchOf({ nameIs: 'example', name: 'CPU at 93 %' })).toBe('fingerprint == "f1" && service == "db"');
  });

  test('is made for what flaps within few incidents, too', () => {
    expect(propose({ incidents: 2 })).toEqual([]);
    expect(propose({ incidents: 2, flappingEpisodes: 20 })).toMatchObject([
      { kind: 'hold', reason: expect.stringContaining('it flapped 20 times') },
    ]);
  });
});
