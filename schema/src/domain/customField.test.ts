import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkField, missingInReport, withFields } from './customField.js';
import type { CustomField } from './incidentType.js';

function field(kind: CustomField['kind'], more: Partial<CustomField> = {}): CustomField {
  const choices = kind === 'choice' ? ['EU', 'US'] : [];
  return { key: 'it', title: 'It', kind, choices, reportOrder: null, isRequiredInReport: false, ...more };
}

describe('a field of an incident type', () => {
  it('keeps a value in the form of its kind', () => {
    const kept = (kind: CustomField['kind'], value: unknown) => {
      const checked = checkField(field(kind), value);
      return checked.ok ? checked.value : checked.error;
    };
    expect(kept('text', ' <b>x</b> ')).toBe('<b>x</b>');
    expect(kept('text', '  ')).toBeNull();
    expect(kept('number', '12.50')).toBe(12.5);
    expect(kept('choice', 'EU')).toBe('EU');
    expect(kept('date', '2024-02-29')).toBe('2024-02-29');
    expect(kept('person', 'ada.l')).toBe('ada.l');
    expect(kept('link', 'https://x.example/a')).toBe('https://x.example/a');
  });

  it.each([
    ['text', 'a\u0000'],
    ['text', 'x'.repeat(4_001)],
    ['text', {}],
    ['number', '1e9'],
    ['number', 'NaN'],
    ['number', '0x10'],
    ['choice', 'eu'],
    ['date', '2026-02-30'],
    ['date', '27.11.2026'],
    ['person', 'Ada Lovelace'],
    ['link', 'javascript:alert(1)'],
    ['link', 'data:text/html,x'],
    ['link', '//evil.example'],
  ] as const)('refuses of kind %s: %j', (kind, value) => {
    expect(checkField(field(kind), value)).toMatchObject({
      ok: false,
      error: { code: 'INVALID_INPUT', field: 'customFields.it' },
    });
  });

  it('gives the same value again when it is checked again', () => {
    const kinds = fc.constantFrom(...(['text', 'number', 'date', 'link', 'person'] as const));
    fc.assert(
      fc.property(kinds, fc.oneof(fc.string(), fc.integer(), fc.webUrl(), fc.date().map(String)), (kind, value) => {
        const once = checkField(field(kind), value);
        if (once.ok) expect(checkField(field(kind), once.value)).toEqual(once);
      }),
    );
  });

  it('is set, taken away and refused by its key', () => {
    const fields = [field('text'), field('number', { key: 'n', isRequiredInReport: true, reportOrder: 1 })];
    expect(
      withFields({ fields }, { it: 'a', gone: 1 }, [
        { key: 'it', value: null },
        { key: 'n', value: '3' },
      ]),
    ).toEqual({
      ok: true,
      value: { gone: 1, n: 3 },
    });
    expect(withFields({ fields }, {}, [{ key: '__proto__', value: 'x' }])).toMatchObject({ ok: false });
    expect(missingInReport({ fields }, { it: 'a' })).toMatchObject({ field: 'customFields.n' });
    expect(missingInReport({ fields }, { n: 0 })).toBeNull();
  });
});
