import { describe, expect, it } from 'vitest';
import { chosenValues, withLabelValues } from './labelFacet.ts';

describe('ticking label values in a facet', () => {
  it('writes one value as equality and several as alternatives', () => {
    const one = withLabelValues([], 'host', ['db-1']);
    expect(one).toEqual([{ name: 'host', op: 'EQ', value: 'db-1' }]);
    expect(withLabelValues(one, 'host', ['db-1', 'db-2'])).toEqual([{ name: 'host', op: 'REGEX', value: 'db-1|db-2' }]);
  });

  it('reads back the values it wrote, dots and bars included', () => {
    const values = ['10.0.0.1:9090', 'a|b', String.raw`c\d`];
    expect(chosenValues(withLabelValues([], 'instance', values), 'instance')).toEqual(values);
  });

  it('leaves a hand-written expression alone', () => {
    const written = [{ name: 'host', op: 'REGEX', value: 'db-.*' }] as const;
    expect(chosenValues(written, 'host')).toEqual([]);
    expect(withLabelValues(written, 'host', ['db-1'])).toHaveLength(2);
  });

  it('takes the matcher away with the last value', () => {
    expect(withLabelValues([{ name: 'host', op: 'EQ', value: 'a' }], 'host', [])).toEqual([]);
  });
});
