import { Button, NativeSelect, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useLiveQuery } from '../../graphql/useLiveQuery.ts';
import { useMay } from '../../session/viewer.ts';
import { Failed, SkeletonRows } from '../../ui/states.tsx';
import { SeverityBadge } from '../../ui/SeverityBadge.tsx';
import { useMutate } from '../../ui/useMutate.ts';
import { saveCriteria, saveMatrix, severityQuery, type SeveritySettings } from './severityQueries.ts';
import './severity.css';

interface PartProps {
  readonly settings: SeveritySettings;
  readonly onSaved: () => void;
}

function Criteria({ settings: { severityCriteria }, onSaved }: PartProps) {
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>({});
  const { mutate, isMutating } = useMutate();
  const may = useMay();
  const save = async () => {
    const criteria = severityCriteria.map(({ severity, criteria: before }) => ({
      severity,
      criteria: texts[severity] ?? before,
    }));
    if (!(await mutate(saveCriteria, { criteria }, 'Criteria saved'))) return;
    setTexts({});
    onSaved();
  };
  return (
    <section className="panel severity-part" aria-label="Criteria">
      <h2 className="severity-title">Criteria</h2>
      <p className="muted">Shown wherever a severity is chosen, so that two people choose alike.</p>
      {severityCriteria.map(({ severity, criteria }) => (
        <Textarea
          key={severity}
          label={<SeverityBadge severity={severity} />}
          placeholder="What makes it this bad"
          value={texts[severity] ?? criteria}
          onChange={({ currentTarget: { value } }) => setTexts((before) => ({ ...before, [severity]: value }))}
          disabled={!may('Mutation.saveSeverityCriteria')}
          autosize
          minRows={1}
          maxRows={6}
          maxLength={4_000}
        />
      ))}
      {may('Mutation.saveSeverityCriteria') && (
        <Button onClick={() => void save()} loading={isMutating} disabled={Object.keys(texts).length === 0}>
          Save criteria
        </Button>
      )}
    </section>
  );
}

const levels = ['1 · high', '2 · medium', '3 · low'] as const;
const priorities = ['1', '2', '3', '4'].map((value) => ({ value, label: `P${value}` }));

/** The rule that the server keeps, told before it is asked. */
function isMonotone(cells: readonly (readonly number[])[]): boolean {
  const at = (row: number, column: number) => cells[row]?.[column] ?? 4;
  return [0, 1, 2].every((i) => [0, 1].every((j) => at(i, j) <= at(i, j + 1) && at(j, i) <= at(j + 1, i)));
}

interface CellsProps {
  readonly cells: readonly (readonly number[])[];
  readonly isFixed: boolean;
  readonly onChange: (row: number, column: number, value: number) => void;
}

function Cells({ cells, isFixed, onChange }: CellsProps) {
  return (
    <table className="matrix">
      <caption className="visually-hidden">Priority by impact and urgency</caption>
      <thead>
        <tr>
          <th scope="col">Impact</th>
          {levels.map((level) => (
            <th key={level} scope="col">
              Urgency {level}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {cells.map((row, i) => (
          <tr key={levels[i]}>
            <th scope="row">{levels[i]}</th>
            {row.map((cell, j) => (
              <td key={levels[j]} data-priority={cell}>
                <NativeSelect
                  aria-label={`Impact ${levels[i] ?? ''}, urgency ${levels[j] ?? ''}`}
                  value={String(cell)}
                  disabled={isFixed}
                  onChange={({ currentTarget }) => onChange(i, j, Number(currentTarget.value))}
                  data={priorities}
                />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Matrix({ settings: { priorityMatrix }, onSaved }: PartProps) {
  const [cells, setCells] = useState<readonly (readonly number[])[]>(priorityMatrix.cells);
  const { mutate, isMutating } = useMutate();
  const may = useMay();
  const isRight = isMonotone(cells);
  const set = (row: number, column: number, value: number) =>
    setCells(cells.map((each, i) => (i === row ? each.map((cell, j) => (j === column ? value : cell)) : each)));
  const save = async () => {
    const variables = { cells: cells.map((row) => [...row]), version: priorityMatrix.version };
    if (await mutate(saveMatrix, variables, 'Matrix saved')) onSaved();
  };
  return (
    <section className="panel severity-part" aria-label="Priority">
      <h2 className="severity-title">Priority</h2>
      <p className="muted">
        What impact and urgency give together. Where nobody set them, they follow the severity. It counts for every
        incident that is opened or changed from then on.
      </p>
      <Cells cells={cells} isFixed={!may('Mutation.savePriorityMatrix')} onChange={set} />
      {!isRight && (
        <p className="matrix-problem" role="alert">
          A greater impact or urgency must never give a lower priority.
        </p>
      )}
      {may('Mutation.savePriorityMatrix') && (
        <Button onClick={() => void save()} loading={isMutating} disabled={!isRight || cells === priorityMatrix.cells}>
          Save version {priorityMatrix.version + 1}
        </Button>
      )}
    </section>
  );
}

/** What makes a severity, and what comes first. */
export function SeveritySection() {
  const { data, error, refetch } = useLiveQuery({ query: severityQuery, variables: {} });
  if (!data) return error ? <Failed error={error} onRetry={refetch} /> : <SkeletonRows />;
  return (
    <>
      <Criteria settings={data} onSaved={refetch} />
      <Matrix key={data.priorityMatrix.version} settings={data} onSaved={refetch} />
    </>
  );
}
