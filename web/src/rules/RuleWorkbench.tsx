import { useMemo } from 'react';
import { useQuery } from 'urql';
import { useLiveQuery } from '../graphql/useLiveQuery.ts';
import { useCommands } from '../shell/commands.ts';
import { AlertPane } from './AlertPane.tsx';
import { BuiltInRule } from './BuiltInRule.tsx';
import { ResultPane } from './ResultPane.tsx';
import { type DraftAction, draftRuleOf, type DraftState, freshKey, isSameRule, newRule } from './ruleDraft.ts';
import { NoRules, RuleEditor } from './RuleEditor.tsx';
import { RuleList } from './RuleList.tsx';
import { withCondition } from './ruleConditions.ts';
import { recentAlertsQuery, type RuleSet, type TriedAlert, triedAlertQuery } from './rulesQueries.ts';
import type { RuleControls } from './useRuleSearch.ts';

interface WorkbenchProps {
  readonly draft: DraftState;
  readonly current: RuleSet;
  readonly controls: RuleControls;
  readonly dispatch: (action: DraftAction) => void;
}

/** The alert that the address names, else the latest one. */
function useTriedAlert(id: string | undefined): TriedAlert | null {
  const [{ data: latest }] = useQuery({ query: recentAlertsQuery, variables: { filter: { text: null } } });
  const wanted = id ?? latest?.alerts.nodes[0]?.id;
  const { data } = useLiveQuery({
    query: triedAlertQuery,
    variables: { id: wanted ?? '' },
    pause: wanted === undefined,
  });
  return data?.alert ?? null;
}

function useChangedKeys({ base, rules }: DraftState): ReadonlySet<string> {
  return useMemo(() => {
    const saved = new Map(base.rules.map((rule) => [rule.key, rule]));
    const isNew = (rule: (typeof rules)[number]) => {
      const before = saved.get(rule.key);
      return before === undefined || !isSameRule(before, rule);
    };
    return new Set(rules.filter(isNew).map(({ key }) => key));
  }, [base, rules]);
}

function useRuleCommands({ draft, controls, dispatch }: WorkbenchProps, selected: string, add: () => void): void {
  const { rules } = draft;
  const index = rules.findIndex(({ key }) => key === selected);
  const go = (step: number) => {
    const next = rules[Math.min(rules.length - 1, Math.max(0, index + step))];
    if (next) controls.change({ rule: next.key });
  };
  const move = (step: number) => dispatch({ type: 'moved', key: selected, to: index + step });
  useCommands([
    { id: 'rules.new', label: 'New rule', key: 'c', run: add },
    { id: 'rules.next', label: 'Next rule', key: 'j', isHidden: true, run: () => go(1) },
    { id: 'rules.previous', label: 'Previous rule', key: 'k', isHidden: true, run: () => go(-1) },
    { id: 'rules.down', label: 'Move the rule down', key: 'J', isHidden: index < 0, run: () => move(1) },
    { id: 'rules.up', label: 'Move the rule up', key: 'K', isHidden: index < 0, run: () => move(-1) },
  ]);
}

/** List, alert, rule and result side by side; one under the other on a phone. */
export function RuleWorkbench(props: WorkbenchProps) {
  const { draft, current, controls, dispatch } = props;
  const { search, change } = controls;
  const alert = useTriedAlert(search.alert);
  const changedKeys = useChangedKeys(draft);
  const builtIn = current.rules.find((rule) => rule.isBuiltIn);
  const isBuiltInOpen = builtIn !== undefined && search.rule === builtIn.id;
  const rule = isBuiltInOpen ? null : (draft.rules.find(({ key }) => key === search.rule) ?? draft.rules[0] ?? null);
  const selected = isBuiltInOpen ? builtIn.id : (rule?.key ?? '');
  const matchCounts = useMemo(() => new Map(current.rules.map(({ id, matchCount }) => [id, matchCount])), [current]);
  const add = (copied?: typeof rule) => {
    const key = freshKey(draft);
    const added = copied ? { ...copied, key, id: null, name: `${copied.name} (copy)` } : newRule(key);
    dispatch({ type: 'added', rule: added, after: copied?.key ?? null });
    change({ rule: key });
  };
  useRuleCommands(props, selected, () => add());
  return (
    <div className="workbench">
      <RuleList
        rules={draft.rules}
        builtIn={builtIn}
        matchCounts={matchCounts}
        changedKeys={changedKeys}
        selected={selected}
        onSelect={(key) => change({ rule: key })}
        onMove={(key, to) => dispatch({ type: 'moved', key, to })}
        onToggle={(key, isEnabled) => dispatch({ type: 'changed', key, patch: { isEnabled } })}
        onAdd={() => add()}
      />
      <div className="workbench-rule">
        {rule && (
          <RuleEditor
            key={rule.key}
            rule={rule}
            set={(patch) => dispatch({ type: 'changed', key: rule.key, patch })}
            onDuplicate={() => add(rule)}
            onRemove={() => dispatch({ type: 'removed', key: rule.key })}
          />
        )}
        {isBuiltInOpen && <BuiltInRule rule={builtIn} />}
        {!rule && !isBuiltInOpen && <NoRules onAdd={() => add()} />}
      </div>
      <div className="workbench-try">
        <AlertPane
          picked={alert}
          onPick={(id) => change({ alert: id })}
          onRequire={
            rule
              ? (name, value) =>
                  dispatch({ type: 'changed', key: rule.key, patch: { match: withCondition(rule.match, name, value) } })
              : undefined
          }
        />
        <ResultPane rule={rule ?? (isBuiltInOpen ? draftRuleOf(builtIn) : null)} alert={alert} />
      </div>
    </div>
  );
}
