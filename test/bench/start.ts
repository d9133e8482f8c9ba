import type { Table } from './report.js';
import type { Scope } from './scope.js';
export async function measureStart(scope: Scope, { isQuick }: { readonly isQuick: boolean }): Promise<readonly Table[]> {
  void scope; void isQuick; return [];
}
