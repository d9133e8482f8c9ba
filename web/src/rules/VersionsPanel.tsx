import { Button, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { client } from '../graphql/client.ts';
import { useLiveQuery } from '../graphql/useLiveQuery.ts';
import { Failed, SkeletonRows } from '../ui/states.tsx';
import { Ago } from '../ui/Time.tsx';
import { counted } from '../ui/words.ts';
import { ChangeList } from './ChangeList.tsx';
import { ruleDiffQuery, ruleSetQuery, type RuleSet, type RuleVersion, ruleVersionsQuery } from './rulesQueries.ts';
import './sidePanels.css';

function Diff({ versions }: { readonly versions: readonly RuleVersion[] }) {
  const [from, setFrom] = useState(versions[1]?.version ?? 0);
  const [to, setTo] = useState(versions[0]?.version ?? 0);
  const { data, error, refetch } = useLiveQuery({ query: ruleDiffQuery, variables: { from, to } });
  const options = versions.map(({ version }) => ({ value: String(version), label: `Version ${version}` }));
  return (
    <section aria-label="Difference of two versions">
      <div className="side-pair">
        <NativeSelect
          label="From"
          value={String(from)}
          onChange={(event) => setFrom(Number(event.currentTarget.value))}
          data={options}
        />
        <NativeSelect
          label="To"
          value={String(to)}
          onChange={(event) => setTo(Number(event.currentTarget.value))}
          data={options}
        />
      </div>
      {error && <Failed error={error} onRetry={refetch} />}
      {data && <ChangeList changes={data.ruleSetDiff} />}
    </section>
  );
}

interface VersionProps {
  readonly version: RuleVersion;
  readonly isCurrent: boolean;
  readonly onRestore: (version: number) => void;
}

function Version({ version, isCurrent, onRestore }: VersionProps) {
  return (
    <li className="side-card" data-testid="rule-version">
      <p>
        <strong>Version {version.version}</strong>
        {isCurrent && <span className="chip">in force</span>}
        <span className="muted">
          {version.savedBy} · <Ago at={version.savedAt} /> · {counted(version.ruleCount, 'rule')}
        </span>
      </p>
      {version.comment && <p className="side-text">{version.comment}</p>}
      {!isCurrent && (
        <Button variant="default" size="xs" onClick={() => onRestore(version.version)}>
          Restore as draft
        </Button>
      )}
    </li>
  );
}

/** Every set of rules that was ever in force, and what changed between two of them. */
export function VersionsPanel({ onRestore }: { readonly onRestore: (ruleSet: RuleSet) => void }) {
  const { data, error, refetch } = useLiveQuery({ query: ruleVersionsQuery, variables: {} });
  const restore = async (version: number) => {
    const result = await client.query(ruleSetQuery, { version }).toPromise();
    if (result.data) onRestore(result.data.ruleSet);
  };
  if (!data) return error ? <Failed error={error} onRetry={refetch} /> : <SkeletonRows rows={4} />;
  const versions = data.ruleSetVersions;
  if (versions.length === 0) {
    return <p className="muted">Nothing was saved yet: the built-in rule is in force alone.</p>;
  }
  return (
    <div className="side">
      {versions.length > 1 && <Diff versions={versions} />}
      <ol className="side-list">
        {versions.map((version, index) => (
          <Version
            key={version.version}
            version={version}
            isCurrent={index === 0}
            onRestore={(chosen) => void restore(chosen)}
          />
        ))}
      </ol>
    </div>
  );
}
