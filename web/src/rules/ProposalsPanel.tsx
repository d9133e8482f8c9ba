import { Button, Group } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { IconBellOff, IconHourglass, IconStack2 } from '@tabler/icons-react';
import { useLiveQuery } from '../graphql/useLiveQuery.ts';
import { Failed, NothingYet, SkeletonRows } from '../ui/states.tsx';
import { counted } from '../ui/words.ts';
import { type DraftRule, draftRulesOf } from './ruleDraft.ts';
import { type RuleProposal, ruleProposalsQuery } from './rulesQueries.ts';
import './sidePanels.css';

const signs = { THRESHOLD: IconStack2, HOLD: IconHourglass, SILENCE: IconBellOff } as const;

interface ProposalProps {
  readonly proposal: RuleProposal;
  readonly onApply: (rules: readonly DraftRule[]) => void;
  readonly onBacktest: (rules: readonly DraftRule[], subject: string) => void;
}

function Proposal({ proposal, onApply, onBacktest }: ProposalProps) {
  const Sign = signs[proposal.kind];
  const rules = draftRulesOf(proposal.rules ?? []);
  return (
    <li className="side-card" data-testid="proposal">
      <p>
        <Sign size={16} stroke={1.7} aria-hidden="true" />
        <strong>{proposal.title}</strong>
      </p>
      <p className="side-text">{proposal.reason}</p>
      <p className="muted">
        {counted(proposal.alertCount, 'alert')} in {counted(proposal.incidentCount, 'incident')}
      </p>
      <Group gap="xs">
        {rules.length > 0 && (
          <>
            <Button size="xs" variant="default" onClick={() => onBacktest(rules, `“${proposal.title}”`)}>
              Show backtest
            </Button>
            <Button size="xs" onClick={() => onApply(rules)}>
              Apply as draft
            </Button>
          </>
        )}
        {proposal.silenceMatch !== null && (
          <Button
            size="xs"
            variant={rules.length > 0 ? 'subtle' : 'filled'}
            renderRoot={(props) => (
              <Link
                {...props}
                to="/maintenance"
                search={{ new: 'silence', match: proposal.silenceMatch ?? '', name: proposal.title }}
              />
            )}
          >
            Silence…
          </Button>
        )}
      </Group>
    </li>
  );
}

/** What flaps and what is noisiest, each with what would calm it. */
export function ProposalsPanel({ onApply, onBacktest }: Omit<ProposalProps, 'proposal'>) {
  const { data, error, refetch } = useLiveQuery({ query: ruleProposalsQuery, variables: {} });
  if (!data) return error ? <Failed error={error} onRetry={refetch} /> : <SkeletonRows rows={4} />;
  if (data.ruleProposals.length === 0) {
    return <NothingYet title="Nothing to propose">Nothing flaps, and nothing is noisy enough to calm.</NothingYet>;
  }
  return (
    <ul className="side-list">
      {data.ruleProposals.map((proposal) => (
        <Proposal key={proposal.id} proposal={proposal} onApply={onApply} onBacktest={onBacktest} />
      ))}
    </ul>
  );
}
