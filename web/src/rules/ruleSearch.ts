export type RulePanel = 'versions' | 'proposals' | 'configuration';

/** What the address of the rules says. */
export interface RuleSearch {
  /** The rule that is open: its id, or the key of one that was not saved yet. */
  readonly rule?: string;
  /** The id of the alert that the rule is tried on. */
  readonly alert?: string;
  readonly panel?: RulePanel;
}

const panels: readonly RulePanel[] = ['versions', 'proposals', 'configuration'];

function text(value: unknown): string | undefined {
  return (typeof value === 'string' || typeof value === 'number') && value !== '' ? String(value) : undefined;
}

/** Reads the address; what is not understood is left out rather than refused. */
export function parseRuleSearch(search: Record<string, unknown>): RuleSearch {
  const rule = text(search['rule']);
  const alert = text(search['alert']);
  const panel = panels.find((each) => each === search['panel']);
  return { ...(rule && { rule }), ...(alert && { alert }), ...(panel && { panel }) };
}
