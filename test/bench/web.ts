import type { Table } from './report.js';
import type { Scope } from './scope.js';
export async function measureWeb(scope: Scope, { isQuick }: { readonly isQuick: boolean }): Promise<readonly Table[]> {
  void scope; void isQuick; return [];
}
