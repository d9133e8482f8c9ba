import { describe, expect, it } from 'vitest';
import { assertKpiQuery, kpiMetrics } from './kpi.js';
import { kpiDefinition } from './kpiDefinitions.js';

describe('kpiDefinition', () => {
  it.each(kpiMetrics)('says of %s what it is, over what, and by which instant', (metric) => {
    const definition = kpiDefinition(metric);
    expect(definition.metric).toBe(metric);
    for (const text of [definition.name, definition.definition, definition.numerator, definition.datedBy]) {
      expect(text.length).toBeGreaterThan(3);
    }
    expect(definition.denominator === null).toBe(definition.unit === 'COUNT');
  });
});

describe('assertKpiQuery', () => {
  const query = { from: 1, to: 2, filter: {}, timeZone: 'UTC' };
  it('takes a period and refuses an empty one, naming the field', () => {
    expect(() => assertKpiQuery(query)).not.toThrow();
    expect(() => assertKpiQuery({ ...query, to: 1 })).toThrow('later than `from`');
    expect(() => assertKpiQuery({ ...query, from: Number.NaN })).toThrow('later than `from`');
  });
  it('refuses an unknown time zone', () => {
    expect(() => assertKpiQuery({ ...query, timeZone: 'Berlin' })).toThrow('Europe/Berlin');
  });
});
