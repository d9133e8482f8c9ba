import { describe, expect, it } from 'vitest';
import { drillDown, scopeOfRow } from './drillDown.ts';

const period = { from: Date.parse('2026-03-01T00:00:00Z'), to: Date.parse('2026-03-08T00:00:00Z') };

describe('the list behind a number', () => {
  it('dates incidents the way the number does', () => {
    expect(drillDown('MTTA', {}, period).search).toMatchObject({
      show: 'all',
      openedAfter: '2026-03-01T00:00:00.000Z',
    });
    expect(drillDown('MTTR_FINAL', {}, period).search).toMatchObject({ resolvedBefore: '2026-03-08T00:00:00.000Z' });
  });

  it('leads to alerts where alerts were counted, without the team that alerts do not have', () => {
    const target = drillDown('ALERTS_RECEIVED', { service: ['checkout'], team: ['shop'] }, period);
    expect(target.to).toBe('/alerts');
    expect(target.search).not.toHaveProperty('team');
    expect(target.search.service).toEqual(['checkout']);
  });

  it('narrows down to a row of the breakdown', () => {
    expect(scopeOfRow({ team: ['shop'] }, 'SEVERITY', 'critical')).toEqual({ team: ['shop'], severity: ['CRITICAL'] });
    expect(scopeOfRow({}, 'SERVICE', null)).toBeNull();
    expect(scopeOfRow({}, 'SOURCE', 'prometheus')).toBeNull();
  });
});
