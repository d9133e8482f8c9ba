import { describe, expect, it } from 'vitest';
import { deltaOf } from './delta.ts';
import { kpiText } from './kpiFormat.ts';

const seconds = { unit: 'SECONDS', lowerIsBetter: true } as const;
const ratio = { unit: 'RATIO', lowerIsBetter: false } as const;
const count = { unit: 'COUNT', lowerIsBetter: true } as const;

describe('the change against the period before', () => {
  it('says in words whether it is better, whichever way is better', () => {
    expect(deltaOf({ ...seconds, now: 82, before: 100 })).toEqual({
      text: '18 % lower, better',
      tone: 'better',
      direction: 'down',
    });
    expect(deltaOf({ ...ratio, now: 0.5, before: 0.75 })).toMatchObject({
      text: '25 points higher, worse'.replace('higher', 'lower'),
    });
  });

  it('counts shares in points, not in percent of percent', () => {
    expect(deltaOf({ ...ratio, now: 0.914, before: 0.9 }).text).toBe('1.4 points higher, better');
    expect(deltaOf({ ...ratio, now: 0.91, before: 0.9 }).text).toBe('1 point higher, better');
  });

  it('says fewer and more of things that are counted', () => {
    expect(deltaOf({ ...count, now: 5, before: 10 }).text).toBe('50 % fewer, better');
    expect(deltaOf({ ...count, now: 12, before: 10 }).text).toBe('20 % more, worse');
  });

  it('speaks of times where percent would be absurd', () => {
    expect(deltaOf({ ...count, now: 300, before: 20 }).text).toBe('15 times as high, worse');
  });

  it('has no percentage from nothing', () => {
    expect(deltaOf({ ...count, now: 7, before: 0 }).text).toBe('7 more, worse');
    expect(deltaOf({ ...count, now: 0, before: 0 }).text).toBe('unchanged');
    expect(deltaOf({ ...seconds, now: 7, before: null }).tone).toBe('none');
    expect(deltaOf({ ...seconds, now: null, before: 7 }).text).toBe('');
  });
});

describe('numbers as people read them', () => {
  it('does not round a few false alarms to none, nor nearly all to all', () => {
    expect(kpiText('RATIO', 0.004)).toBe('0.4 %');
    expect(kpiText('RATIO', 0.996)).toBe('99.6 %');
    expect(kpiText('RATIO', 0.5)).toBe('50 %');
    expect(kpiText('RATIO', 1)).toBe('100 %');
  });

  it('shows a dash where nothing stands behind the number', () => expect(kpiText('SECONDS', null)).toBe('–'));
});
