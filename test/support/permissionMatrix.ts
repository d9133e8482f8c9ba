import { readFileSync } from 'node:fs';
import { type Role, roles } from '@tocsin/schema/domain/role';
import { fromRoot } from './root.js';

export interface ExpectedRow {
  readonly key: string;
  readonly roles: ReadonlySet<Role>;
  readonly scope: string;
  readonly subject: string;
  readonly or: string;
  readonly and: string;
}

/** The table as people agreed on it, read from its text and not from the code. */
export function expectedPermissions(): readonly ExpectedRow[] {
  const text = readFileSync(fromRoot('test/support/permissions.md'), 'utf8');
  return [...text.matchAll(/^\| `([\w.*]+)` +\|(.+)\|$/gm)].map(([, key = '', rest = '']) => {
    const cells = rest.split('|').map((cell) => cell.trim());
    const [scope = '', subject = '', or = '', and = ''] = cells.slice(5);
    return { key, roles: new Set(roles.filter((_, index) => cells[index] === '✓')), scope, subject, or, and };
  });
}
