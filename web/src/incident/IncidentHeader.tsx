import { Link } from '@tanstack/react-router';
import { unmergeIncident } from '../graphql/incidentMutations.ts';
import { useMay } from '../session/viewer.ts';
import { Until } from '../ui/Time.tsx';
import { useAct } from '../ui/useAct.ts';
import { dismissWords } from '../ui/words.ts';
import { ActionBar } from './ActionBar.tsx';
import { Description } from './Description.tsx';
import { IncidentBadges } from './IncidentBadges.tsx';
import type { IncidentDetails } from './incidentQuery.ts';
import { PeopleStrip } from './presence/PeopleStrip.tsx';

/** Undoes a merge: what came with it leaves again. */
function TakeBack({ id, reference }: { readonly id: string; readonly reference: string }) {
  const { act, isActing } = useAct();
  const may = useMay();
  if (!may('Mutation.unmergeIncident')) return null;
  return (
    <button
      type="button"
      className="link-button"
      disabled={isActing}
      aria-label={`Take the merge of ${reference} back`}
      onClick={() => void act(unmergeIncident, { id }, `${reference} goes on by itself`)}
    >
      take back
    </button>
  );
}

function Outcome({ incident }: { readonly incident: IncidentDetails }) {
  if (incident.mergedInto) {
    const { number, reference, title } = incident.mergedInto;
    return (
      <p className="incident-outcome">
        Merged into{' '}
        <Link to="/incidents/$number" params={{ number: String(number) }}>
          {reference} {title}
        </Link>
        <TakeBack id={incident.id} reference={incident.reference} />
      </p>
    );
  }
  if (incident.dismissReason) {
    return <p className="incident-outcome">Dismissed: {dismissWords[incident.dismissReason].toLowerCase()}</p>;
  }
  if (incident.isOpen && incident.autoResolvesAt) {
    return (
      <p className="incident-outcome">
        No alert is firing any more. Resolves by itself <Until at={incident.autoResolvesAt} /> if it stays quiet.
      </p>
    );
  }
  return null;
}

function MergedFrom({ incident }: { readonly incident: IncidentDetails }) {
  if (incident.mergedFrom.length === 0) return null;
  return (
    <p className="incident-outcome">
      Includes{' '}
      {incident.mergedFrom.map(({ id, number, reference, title }) => (
        <span key={id} className="merged-from">
          <Link to="/incidents/$number" params={{ number: String(number) }} title={title}>
            {reference}
          </Link>
          <TakeBack id={id} reference={reference} />
        </span>
      ))}
    </p>
  );
}

/** Number, title, state, whose it is, and the next step. */
export function IncidentHeader({ incident }: { readonly incident: IncidentDetails }) {
  return (
    <header className="incident-header">
      <div className="incident-top">
        <IncidentBadges incident={incident} />
        <h1 className="incident-title">{incident.title}</h1>
        {incident.description && <Description text={incident.description} />}
        <Outcome incident={incident} />
        <MergedFrom incident={incident} />
        <PeopleStrip incident={incident} />
      </div>
      <ActionBar incident={incident} />
    </header>
  );
}
