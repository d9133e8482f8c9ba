import { Checkbox } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { useId } from 'react';
import { SeverityBadge } from '../ui/SeverityBadge.tsx';
import { SilenceLink } from '../ui/SilenceLink.tsx';
import { SuppressionMark } from '../ui/SuppressionMark.tsx';
import { Ago, Elapsed } from '../ui/Time.tsx';
import { counted, vanishWords } from '../ui/words.ts';
import { differingLabels } from './differingLabels.ts';
import type { IncidentAlert, IncidentDetails } from './incidentQuery.ts';
import { Why } from './Why.tsx';

const reasonWords = { SENDER: '', STALE: ' as stale', SUPERSEDED: ', superseded', PERSON: ' by a person' } as const;

function AlertState({ alert }: { readonly alert: IncidentAlert }) {
  if (alert.status === 'FIRING') {
    return (
      <span className="alert-state" data-firing="true">
        Firing for <Elapsed from={alert.startsAt} to={null} isShort />
        {alert.isStale && <span className="alert-stale"> · stale</span>}
        {alert.isFlapping && <span className="alert-stale"> · flapping</span>}
        {alert.vanishReason && <span className="alert-stale"> · {vanishWords[alert.vanishReason]}</span>}
      </span>
    );
  }
  return (
    <span className="alert-state muted">
      Resolved{reasonWords[alert.resolveReason ?? 'SENDER']} after{' '}
      <Elapsed from={alert.startsAt} to={alert.endsAt ?? alert.lastReceivedAt} isShort />
      {alert.isFlapping && <span className="alert-stale"> · flapping</span>}
    </span>
  );
}

function AlertLinks({ alert }: { readonly alert: IncidentAlert }) {
  const links = [
    ...(alert.generatorUrl ? [{ title: 'Source', url: alert.generatorUrl }] : []),
    ...(alert.runbookUrl ? [{ title: 'Runbook', url: alert.runbookUrl }] : []),
    ...alert.links,
  ];
  return links.map(({ title, url }) => (
    <a key={`${title}${url}`} href={url} target="_blank" rel="noreferrer" className="alert-link">
      {title}
      <IconExternalLink size={12} aria-hidden="true" />
    </a>
  ));
}

interface AlertRowProps {
  readonly alert: IncidentAlert;
  readonly shared: IncidentDetails['sharedLabels'];
  readonly isSelected: boolean;
  /** Null: the viewer may not take alerts out. */
  readonly onSelect: ((id: string, isSelected: boolean) => void) | null;
}

/** One alert: its state, what sets it apart from the others, and why it is here. */
export function AlertRow({ alert, shared, isSelected, onSelect }: AlertRowProps) {
  const checkId = useId();
  return (
    <li className="alert" data-testid="alert-row" data-status={alert.status} data-selected={isSelected}>
      {onSelect && (
        <label className="alert-check" htmlFor={checkId}>
          <Checkbox
            id={checkId}
            size="xs"
            checked={isSelected}
            onChange={(event) => onSelect(alert.id, event.currentTarget.checked)}
            aria-label={`Select ${alert.title}`}
          />
        </label>
      )}
      <div className="alert-body">
        <div className="alert-line">
          <SeverityBadge severity={alert.severity} />
          <strong className="alert-title">{alert.title}</strong>
          <AlertState alert={alert} />
          {alert.suppression && <SuppressionMark suppression={alert.suppression} />}
        </div>
        {alert.summary && alert.summary !== alert.title && <p className="alert-summary">{alert.summary}</p>}
        <div className="alert-labels">
          {differingLabels(alert.labels, shared).map(({ name, value }) => (
            <span key={name} className="chip mono" title={`${name}=${value}`}>
              {name}=<strong>{value}</strong>
            </span>
          ))}
        </div>
        {alert.explanation && <Why explanation={alert.explanation} />}
        <div className="alert-foot muted">
          <span>
            {alert.integration.name}, received{' '}
            {alert.receivedCount === 1 ? 'once,' : `${counted(alert.receivedCount, 'time')}, last`}{' '}
            <Ago at={alert.lastReceivedAt} />
          </span>
          <AlertLinks alert={alert} />
          {alert.status === 'FIRING' && <SilenceLink alert={alert} className="alert-link" />}
        </div>
      </div>
    </li>
  );
}
