import { TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useLiveQuery } from '../graphql/useLiveQuery.ts';
import { SeverityBadge } from '../ui/SeverityBadge.tsx';
import { Ago } from '../ui/Time.tsx';
import './alertPane.css';
import { type RecentAlert, recentAlertsQuery, type TriedAlert } from './rulesQueries.ts';

interface PickProps {
  readonly alert: RecentAlert;
  readonly isPicked: boolean;
  readonly onPick: (id: string) => void;
}

function Pick({ alert, isPicked, onPick }: PickProps) {
  return (
    <li>
      <button
        type="button"
        className="alert-pick"
        data-testid="alert-pick"
        aria-pressed={isPicked}
        onClick={() => onPick(alert.id)}
      >
        <SeverityBadge severity={alert.severity} isCompact />
        <span className="alert-pick-title">{alert.title}</span>
        <span className="alert-pick-about muted">
          {[alert.service, alert.environment].filter(Boolean).map((each) => `${each} · `)}
          <Ago at={alert.lastReceivedAt} />
        </span>
      </button>
    </li>
  );
}

interface LabelsProps {
  readonly alert: TriedAlert;
  /** Adds a condition to the rule; absent where there is no rule to add it to. */
  readonly onRequire: ((name: string, value: string) => void) | undefined;
}

function Labels({ alert, onRequire }: LabelsProps) {
  return (
    <div className="tried-labels">
      <p className="tried-labels-title">
        {alert.title}
        {alert.incident && <span className="muted"> in {alert.incident.reference}</span>}
      </p>
      {onRequire && alert.labels.length > 0 && (
        <p className="muted tried-labels-help">Press a label to require it in the rule.</p>
      )}
      <ul>
        {alert.labels.map(({ name, value }) => (
          <li key={name}>
            {onRequire ? (
              <button
                type="button"
                className="chip mono alert-label"
                title={`Require ${name} to be ${value}`}
                onClick={() => onRequire(name, value)}
              >
                {name}={value}
              </button>
            ) : (
              <span className="chip mono">
                {name}={value}
              </span>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

interface AlertPaneProps {
  readonly picked: TriedAlert | null;
  readonly onPick: (id: string) => void;
  readonly onRequire: LabelsProps['onRequire'];
}

const settleMs = 250;

/** A real alert to try the rule on: the latest, or what a search finds. */
export function AlertPane({ picked, onPick, onRequire }: AlertPaneProps) {
  const [text, setText] = useState('');
  const [settled] = useDebouncedValue(text.trim(), settleMs);
  const { data } = useLiveQuery({ query: recentAlertsQuery, variables: { filter: { text: settled || null } } });
  const alerts = data?.alerts.nodes;
  return (
    <section className="panel alert-pane" aria-label="Recent alert">
      <h2 className="panel-title">Try it on an alert</h2>
      <div className="alert-pane-search">
        <TextInput
          type="search"
          aria-label="Search alerts to try"
          placeholder="Title or service"
          leftSection={<IconSearch size={15} stroke={1.6} aria-hidden="true" />}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      </div>
      {alerts?.length === 0 ? (
        <p className="muted alert-pane-none">
          {settled ? 'No alert matches.' : 'No alert was received yet: the rule can be written all the same.'}
        </p>
      ) : (
        <ul className="alert-picks">
          {(alerts ?? []).map((alert) => (
            <Pick key={alert.id} alert={alert} isPicked={picked?.id === alert.id} onPick={onPick} />
          ))}
        </ul>
      )}
      {picked && <Labels alert={picked} onRequire={onRequire} />}
    </section>
  );
}
