import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useLiveQuery } from '../../graphql/useLiveQuery.ts';
import { useMay } from '../../session/viewer.ts';
import { Failed, NothingYet, SkeletonRows } from '../../ui/states.tsx';
import { Ago } from '../../ui/Time.tsx';
import { counted } from '../../ui/words.ts';
import { automationQuery, type RuleRow, type RunRow } from './automationQueries.ts';
import './automation.css';
import '../types/types.css';
import { kindWord } from './eventChoices.ts';
import { RuleEditor } from './RuleEditor.tsx';

function Rule({ rule, onOpen }: { readonly rule: RuleRow; readonly onOpen: (() => void) | null }) {
  const { name, isEnabled, kinds, condition, actions, runCount, lastRunAt, team } = rule;
  return (
    <li className="settings-row automation-row">
      <div className="settings-row-main">
        <strong>{name}</strong>
        <span className="muted">
          When {kinds.map((kind) => kindWord(kind).toLowerCase()).join(' or ')}
          {condition !== null && (
            <>
              {' '}
              and <code className="mono">{condition}</code>
            </>
          )}
          : {actions.map(({ sentence }) => sentence).join(', ')}
        </span>
      </div>
      <span className="muted">
        {isEnabled ? counted(runCount, 'run') : 'off'}
        {lastRunAt !== null && (
          <>
            , last <Ago at={lastRunAt} />
          </>
        )}
        {team !== null && ` · ${team}`}
      </span>
      {onOpen && (
        <Button variant="default" size="xs" onClick={onOpen} aria-label={`Edit ${name}`}>
          Edit
        </Button>
      )}
    </li>
  );
}

const stateWords = { DONE: 'done', FAILED: 'failed', REFUSED: 'stopped' } as const;

function Run({ run: { state, refusal, ranAt, results, rule, incident } }: { readonly run: RunRow }) {
  const failed = results.filter(({ outcome }) => outcome === 'failed');
  const text =
    refusal ?? (failed.length === 0 ? results : failed).map(({ action, message }) => message ?? action).join(', ');
  return (
    <li className="settings-row automation-run">
      <span className="automation-state" data-state={state}>
        {stateWords[state]}
      </span>
      <div className="settings-row-main">
        <strong>{rule.name}</strong>
        <span className="muted">{text}</span>
      </div>
      {incident && (
        <Link to="/incidents/$number" params={{ number: String(incident.number) }} title={incident.title}>
          {incident.reference}
        </Link>
      )}
      <span className="muted">
        <Ago at={ranAt} />
      </span>
    </li>
  );
}

/** When something happens to an incident, then this is done; and what was done. */
export function AutomationSection() {
  const { data, error, refetch } = useLiveQuery({ query: automationQuery, variables: {} });
  const [open, setOpen] = useState<string | null>(null);
  const may = useMay();
  if (!data) return error ? <Failed error={error} onRetry={refetch} /> : <SkeletonRows />;
  const rule = data.automationRules.find(({ id }) => id === open) ?? null;
  const maySave = may('Mutation.saveAutomationRule');
  return (
    <>
      <header className="settings-head">
        <p className="settings-intro">
          Rules act in this order, each once on each event. A rule never sets off itself, rules set each other off three
          deep at most, and each runs twenty times an hour on one incident at most.
        </p>
        {maySave && open === null && <Button onClick={() => setOpen('new')}>New rule</Button>}
      </header>
      {open !== null && (open === 'new' || rule) && (
        <RuleEditor key={open} rule={rule} onClose={() => setOpen(null)} onSaved={refetch} />
      )}
      {data.automationRules.length === 0 && open === null && (
        <NothingYet title="No rules yet">
          A rule assigns, routes, tags or tells, as soon as something happens.
        </NothingYet>
      )}
      {data.automationRules.length > 0 && (
        <ul className="settings-rows panel" aria-label="Rules">
          {data.automationRules.map((each) => (
            <Rule key={each.id} rule={each} onOpen={maySave ? () => setOpen(each.id) : null} />
          ))}
        </ul>
      )}
      {data.automationRuns.nodes.length > 0 && (
        <>
          <h2 className="type-title">Execution log</h2>
          <ul className="settings-rows panel" aria-label="Execution log">
            {data.automationRuns.nodes.map((run) => (
              <Run key={run.id} run={run} />
            ))}
          </ul>
        </>
      )}
    </>
  );
}
