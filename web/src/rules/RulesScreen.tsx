import { Button, Drawer } from '@mantine/core';
import { IconBulb, IconFileCode, IconHistory } from '@tabler/icons-react';
import { useQuery } from 'urql';
import { useCommands } from '../shell/commands.ts';
import { Failed, SkeletonRows } from '../ui/states.tsx';
import { counted } from '../ui/words.ts';
import { BacktestPanel } from './BacktestPanel.tsx';
import { ConfigurationPanel } from './ConfigurationPanel.tsx';
import { Conflict } from './Conflict.tsx';
import { DraftBar } from './DraftBar.tsx';
import { ProposalsPanel } from './ProposalsPanel.tsx';
import { type DraftRule, type DraftState, draftRulesOf, ruleInputOf } from './ruleDraft.ts';
import './rules.css';
import { type RulePanel } from './ruleSearch.ts';
import { ruleProposalsQuery, type RuleSet } from './rulesQueries.ts';
import { RuleWorkbench } from './RuleWorkbench.tsx';
import { type Backtesting, useBacktest } from './useBacktest.ts';
import { type RuleDraft, useRuleDraft } from './useRuleDraft.ts';
import { type RuleControls, useRuleSearch } from './useRuleSearch.ts';
import { useSaveRules } from './useSaveRules.ts';
import { VersionsPanel } from './VersionsPanel.tsx';

const panelTitles = {
  versions: 'Versions',
  proposals: 'Proposals',
  configuration: 'Configuration as a file',
} as const satisfies Record<RulePanel, string>;

function Head({ current, onOpen }: { readonly current: RuleSet; readonly onOpen: (panel: RulePanel) => void }) {
  const [{ data }] = useQuery({ query: ruleProposalsQuery, variables: {} });
  const proposals = data?.ruleProposals.length ?? 0;
  return (
    <header className="rules-head">
      <h1 className="screen-title">Rules</h1>
      <span className="muted">
        version {current.version} · {counted(draftRulesOf(current.rules).length, 'rule')} of your own
      </span>
      <div className="rules-head-do">
        <Button
          variant={proposals > 0 ? 'light' : 'default'}
          leftSection={<IconBulb size={16} stroke={1.7} aria-hidden="true" />}
          onClick={() => onOpen('proposals')}
        >
          {proposals > 0 ? counted(proposals, 'proposal') : 'Proposals'}
        </Button>
        <Button
          variant="default"
          leftSection={<IconHistory size={16} stroke={1.7} aria-hidden="true" />}
          onClick={() => onOpen('versions')}
        >
          Versions
        </Button>
        <Button
          variant="default"
          leftSection={<IconFileCode size={16} stroke={1.7} aria-hidden="true" />}
          onClick={() => onOpen('configuration')}
        >
          As a file
        </Button>
      </div>
    </header>
  );
}

interface PartsProps {
  readonly rules: RuleDraft;
  readonly controls: RuleControls;
  readonly backtesting: Backtesting;
}

function SidePanel({ rules, controls, backtesting }: PartsProps) {
  const { search, change } = controls;
  const close = () => change({ panel: undefined });
  const take = (draft: readonly DraftRule[]) => {
    rules.dispatch({ type: 'replaced', rules: draft });
    close();
  };
  const tryOut = (draft: readonly DraftRule[], subject: string) => {
    void backtesting.start(draft.map(ruleInputOf), subject, null);
    close();
  };
  return (
    <Drawer
      opened={search.panel !== undefined}
      onClose={close}
      position="right"
      size="lg"
      title={search.panel && panelTitles[search.panel]}
    >
      {search.panel === 'versions' && <VersionsPanel onRestore={(set) => take(draftRulesOf(set.rules))} />}
      {search.panel === 'proposals' && <ProposalsPanel onApply={take} onBacktest={tryOut} />}
      {search.panel === 'configuration' && <ConfigurationPanel />}
    </Drawer>
  );
}

function Unsaved({ rules, controls, backtesting, draft }: PartsProps & { readonly draft: DraftState }) {
  const { current, dispatch, hasConflict, isDirty } = rules;
  const { isSaving, save } = useSaveRules(rules, (rule) => controls.change({ rule }));
  if (!isDirty || !current) return null;
  return (
    <>
      {hasConflict && (
        <Conflict
          draft={draft}
          current={current}
          onRebase={() =>
            dispatch({ type: 'rebased', base: { version: current.version, rules: draftRulesOf(current.rules) } })
          }
          onTakeTheirs={() =>
            dispatch({ type: 'saved', base: { version: current.version, rules: draftRulesOf(current.rules) } })
          }
        />
      )}
      <DraftBar
        draft={draft}
        isSaving={isSaving}
        isStarting={backtesting.isStarting}
        onBacktest={(from) => void backtesting.start(draft.rules.map(ruleInputOf), 'the draft', from)}
        onDiscard={() => dispatch({ type: 'discarded' })}
        onSave={(comment) => save(draft, comment)}
      />
    </>
  );
}

/** Which alerts become one incident: the rules, tried on real alerts and on history before they are saved. */
export function RulesScreen() {
  const rules = useRuleDraft();
  const controls = useRuleSearch();
  const backtesting = useBacktest();
  const { draft, current, error, refetch } = rules;
  useCommands([
    { id: 'rules.versions', label: 'Versions of the rules', run: () => controls.change({ panel: 'versions' }) },
    { id: 'rules.proposals', label: 'Proposals for rules', run: () => controls.change({ panel: 'proposals' }) },
    { id: 'rules.file', label: 'Configuration as a file', run: () => controls.change({ panel: 'configuration' }) },
  ]);
  if (!draft || !current) {
    return error ? <Failed error={error} onRetry={refetch} /> : <SkeletonRows rows={10} />;
  }
  return (
    <div className="rules">
      <Head current={current} onOpen={(panel) => controls.change({ panel })} />
      <Unsaved rules={rules} controls={controls} backtesting={backtesting} draft={draft} />
      <BacktestPanel backtesting={backtesting} />
      <RuleWorkbench draft={draft} current={current} controls={controls} dispatch={rules.dispatch} />
      <SidePanel rules={rules} controls={controls} backtesting={backtesting} />
    </div>
  );
}
