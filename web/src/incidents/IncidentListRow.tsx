import { IconBellRinging, IconEye } from '@tabler/icons-react';
import { memo } from 'react';
import type { IncidentRow } from '../graphql/incidentFields.ts';
import { followLink } from '../lists/followLink.ts';
import { acknowledgerOf } from '../ui/owner.ts';
import { PhaseBadge } from '../ui/PhaseBadge.tsx';
import { SeverityBadge } from '../ui/SeverityBadge.tsx';
import { Elapsed } from '../ui/Time.tsx';
import { counted } from '../ui/words.ts';
import './incidentRow.css';

interface Props {
  readonly incident: IncidentRow;
  readonly isSelected: boolean;
  readonly isCurrent: boolean;
  /** It no longer matches the filter. */
  readonly hasLeft: boolean;
  readonly onSelect: (id: string, isSelected: boolean) => void;
  readonly onOpen: (number: number) => void;
}

/** Chips that do not fit are left out whole: the title comes first. */
function Where({ incident }: { readonly incident: IncidentRow }) {
  const [first, ...rest] = incident.services;
  return (
    <span className="list-where chips-whole">
      {first !== undefined && (
        <span className="chip" title={incident.services.join(', ')}>
          {first}
          {rest.length > 0 && ` +${rest.length}`}
        </span>
      )}
      {incident.environment && <span className="chip chip-plain">{incident.environment}</span>}
    </span>
  );
}

/** The sign shortens "acknowledged by" in the narrow column; the words in full are read aloud and shown on hover. */
function Owner({ incident }: { readonly incident: IncidentRow }) {
  const acknowledger = acknowledgerOf(incident);
  if (acknowledger === null) {
    return (
      <span className="list-assignee muted" title={incident.assignee ?? undefined}>
        {incident.assignee ?? '–'}
      </span>
    );
  }
  const words = `acknowledged by ${acknowledger}`;
  return (
    <span className="list-assignee muted" title={words}>
      <span className="visually-hidden">{words}</span>
      <IconEye size={13} stroke={1.8} aria-hidden="true" />
      <span aria-hidden="true">{acknowledger}</span>
    </span>
  );
}

/** How many of its alerts fire. Where the incident is over and some still do, a sign says so. */
function Firing({ incident }: { readonly incident: IncidentRow }) {
  const { firingAlertCount: firing, alertCount, isOpen } = incident;
  const isLeft = !isOpen && firing > 0;
  const words = isLeft
    ? `${counted(firing, 'alert still fires', 'alerts still fire')}, of ${alertCount}`
    : `${firing} of ${counted(alertCount, 'alert')} firing`;
  return (
    <span className="list-count" title={words} data-firing={firing > 0} data-left-firing={isLeft}>
      <span className="visually-hidden">{words}</span>
      {isLeft && <IconBellRinging size={13} stroke={2} aria-hidden="true" />}
      <span aria-hidden="true">{alertCount === 0 ? '–' : `${firing}/${alertCount}`}</span>
    </span>
  );
}

/**
 * Memoised: of 10,000 rows only those that changed are drawn again. Plain elements, because a row is mounted each time
 * it scrolls into view, and components for the box and the link cost frames then.
 */
export const IncidentListRow = memo(function IncidentListRow(props: Props) {
  const { incident, isSelected, isCurrent, hasLeft, onSelect, onOpen } = props;
  return (
    <div
      className="list-row"
      data-testid="incident-row"
      data-number={incident.number}
      data-current={isCurrent}
      data-selected={isSelected}
      data-left={hasLeft}
    >
      <label className="list-check">
        <input
          type="checkbox"
          checked={isSelected}
          onChange={(event) => onSelect(incident.id, event.currentTarget.checked)}
          aria-label={`Select ${incident.reference}`}
        />
      </label>
      <SeverityBadge severity={incident.severity} />
      <span className="list-number muted">{incident.reference}</span>
      <span className="list-what">
        <span className="list-title">
          <a
            href={`/incidents/${incident.number}`}
            onClick={(event) => followLink(event, () => onOpen(incident.number))}
            className="row-link"
            title={incident.title}
          >
            {incident.title}
          </a>
        </span>
        <Where incident={incident} />
      </span>
      <PhaseBadge phase={incident.phase} />
      <Owner incident={incident} />
      <Firing incident={incident} />
      <span className="list-age">
        <Elapsed
          from={incident.openedAt}
          to={incident.isOpen ? null : (incident.resolvedAt ?? incident.updatedAt)}
          isShort
        />
      </span>
    </div>
  );
});
