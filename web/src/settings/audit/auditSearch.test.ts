import { describe, expect, it } from 'vitest';
import { auditExportPath, auditFilter, parseAuditSearch } from './auditSearch.ts';

describe('the filter of the audit trail', () => {
  it('reads from an address what it can mean, and nothing else', () => {
    expect(parseAuditSearch({ who: 'ada', what: 'team', from: '2026-02-01', to: '2026-13-01', text: ' ' })).toEqual({
      who: 'ada',
      what: 'team',
      from: '2026-02-01',
    });
    expect(parseAuditSearch({ what: 'toString', who: 3 })).toEqual({});
  });

  it('asks for kinds of access as kinds, and for configuration as topics', () => {
    expect(auditFilter({ what: 'access.refused' })).toMatchObject({ kinds: ['access.refused'], topics: null });
    expect(auditFilter({ what: 'schedule' })).toMatchObject({ kinds: null, topics: ['schedule'] });
  });

  it('includes the last day', () => {
    const { from, to } = auditFilter({ from: '2026-02-27', to: '2026-02-28' });
    expect(Date.parse(to ?? '') - Date.parse(from ?? '')).toBe(2 * 86_400_000);
  });

  it('exports what it shows', () => {
    expect(auditExportPath({ who: 'ada', what: 'team' }, 'csv')).toBe(
      '/export/audit?format=csv&actors=ada&topics=team',
    );
  });
});
