type SourceKind = 'ALERTMANAGER' | 'PROMETHEUS' | 'SIGNOZ' | 'GENERIC';

const kinds: readonly SourceKind[] = ['ALERTMANAGER', 'PROMETHEUS', 'SIGNOZ', 'GENERIC'];

export interface NewSearch {
  readonly source?: SourceKind;
}

/** Which tool to connect, from the address; anything unknown leaves the choice open. */
export function parseNewSearch(search: Record<string, unknown>): NewSearch {
  const source = kinds.find((kind) => kind === search['source']);
  return source ? { source } : {};
}
