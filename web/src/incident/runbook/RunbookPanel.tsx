import { Button, Select } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useQuery } from 'urql';
import { useLiveQuery } from '../../graphql/useLiveQuery.ts';
import { useRefetchOnChanges } from '../../live/useRefetchOnChanges.ts';
import { useMay } from '../../session/viewer.ts';
import { Markdown } from '../../ui/Markdown.tsx';
import { Failed, NothingYet, SkeletonRows } from '../../ui/states.tsx';
import { Ago } from '../../ui/Time.tsx';
import { useAct } from '../../ui/useAct.ts';
import { useAsked } from '../asked.ts';
import type { IncidentPanelProps } from '../panels.ts';
import '../work.css';
import {
  attachRunbook,
  type AttachedRunbook,
  incidentRunbooksQuery,
  runbookTitlesQuery,
  tickRunbookStep,
} from './runbookQueries.ts';

function Attached({ attached, onDone }: { readonly attached: AttachedRunbook; readonly onDone: () => void }) {
  const { act } = useAct();
  const may = useMay();
  const done = attached.steps.filter(({ tickedAt }) => tickedAt !== null);
  const last = done.toSorted((a, b) => (a.tickedAt ?? '').localeCompare(b.tickedAt ?? '')).at(-1);
  const tick = async (step: number, isTicked: boolean) => {
    if (await act(tickRunbookStep, { id: attached.id, step, isTicked })) onDone();
  };
  return (
    <section className="panel" aria-label={`Runbook ${attached.title}`}>
      <div className="panel-head">
        <h2 className="panel-title">
          {attached.title}{' '}
          {attached.steps.length > 0 && (
            <span className="muted">
              {done.length} of {attached.steps.length} done
            </span>
          )}
        </h2>
      </div>
      <div className="work-body">
        <Markdown
          text={attached.body}
          steps={{
            done: new Set(done.map(({ step }) => step)),
            onTick: may('Mutation.tickRunbookStep') ? (step, isTicked) => void tick(step, isTicked) : null,
          }}
        />
      </div>
      {last?.tickedAt && (
        <p className="work-progress">
          Last: “{last.text}”, {last.tickedBy}, <Ago at={last.tickedAt} />
        </p>
      )}
    </section>
  );
}

function Attach({
  incidentId,
  taken,
  onDone,
}: {
  readonly incidentId: string;
  readonly taken: ReadonlySet<string>;
  readonly onDone: () => void;
}) {
  const [chosen, setChosen] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  useAsked('runbook', true, () => field.current?.focus());
  const [{ data }] = useQuery({ query: runbookTitlesQuery, variables: {} });
  const { act, isActing } = useAct();
  const offered = (data?.runbooks ?? []).filter(({ id, isArchived }) => !isArchived && !taken.has(id));
  if (offered.length === 0) return null;
  const attach = async () => {
    if (chosen === null || !(await act(attachRunbook, { incidentId, runbookId: chosen }))) return;
    setChosen(null);
    onDone();
  };
  return (
    <div className="work-form">
      <Select
        ref={field}
        aria-label="Runbook"
        placeholder="Attach a runbook"
        data={offered.map(({ id, title }) => ({ value: id, label: title }))}
        value={chosen}
        onChange={setChosen}
        searchable
      />
      <Button variant="default" onClick={() => void attach()} loading={isActing} disabled={chosen === null}>
        Attach
      </Button>
    </div>
  );
}

/** What to do, step by step: as the runbooks were when they were attached. */
export function RunbookPanel({ incidentId }: IncidentPanelProps) {
  const { data, error, refetch } = useLiveQuery({ query: incidentRunbooksQuery, variables: { id: incidentId } });
  useRefetchOnChanges(refetch, { incidentId });
  const may = useMay();
  const runbooks = data?.incident?.runbooks;
  if (!runbooks) return error ? <Failed error={error} onRetry={refetch} /> : <SkeletonRows rows={4} />;
  return (
    <div className="incident-side">
      {runbooks.length === 0 && (
        <NothingYet title="No runbook is attached">
          Runbooks attach themselves by service, type or condition: <Link to="/runbooks">see all of them</Link>.
        </NothingYet>
      )}
      {runbooks.map((attached) => (
        <Attached key={attached.id} attached={attached} onDone={refetch} />
      ))}
      {may('Mutation.attachRunbook') && (
        <Attach incidentId={incidentId} taken={new Set(runbooks.map(({ runbook }) => runbook.id))} onDone={refetch} />
      )}
    </div>
  );
}
